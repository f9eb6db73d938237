"""Reads the definition of a kind: the content of a TOML file, or of a version that was recorded. What is wrong is told
by its key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from hotline.domain.cases.case import Channel, Complexity, Priority
from hotline.domain.cases.clock_names import OWN, RULES
from hotline.domain.cases.kind import CaseAct, CaseClock, CaseField, FieldType, Guard, Kind, Stage
from hotline.domain.cases.kind_checks import require_whole
from hotline.domain.cases.kind_part import Part
from hotline.domain.cases.way import in_order
from hotline.domain.deadlines.term import CalendarDays, Count, Term, Within, WorkingDays
from hotline.domain.rights.acts import Act

#: Amounts of a term: key -> one of it.
_AMOUNTS = {"minutes": timedelta(minutes=1), "hours": timedelta(hours=1)}
#: By which rights something is done to a case.
RIGHTS = (
    Act.ADD_TO_CASE,
    Act.JUDGE_CASE,
    Act.ASSIGN_CASE,
    Act.WORK_ON_CASE,
    Act.APPROVE_SOLUTION,
    Act.TELL_CUSTOMER,
    Act.VISIT_CASE,
    Act.SUPERVISE_CASE,
    Act.CLOSE_CASE,
    Act.REOPEN_CASE,
)
_CHOSEN = {
    "channel": [each.value for each in Channel],
    "priority": [each.value for each in Priority],
    "complexity": [each.value for each in Complexity],
}


def read_kind(content: Mapping[str, Any], source: str, version: int = 0) -> Kind:
    """`source`: how errors name it. Raises WrongKind."""
    whole = Part(content, source)
    kind = Kind(
        code=whole.name("code"),
        words=whole.words("words"),
        begins=whole.name("begins"),
        fields=tuple(map(_field, whole.parts("field"))),
        stages=tuple(map(_stage, whole.parts("stage"))),
        acts=tuple(map(_act, whole.parts("act"))),
        clocks=tuple(map(_clock, whole.parts("clock"))),
        subject=whole.text("subject", ""),
        checklist=tuple(each.words() for each in whole.parts("check")),
        prints=whole.names("prints"),
        tell_at_once=whole.names("tell_at_once"),
        return_days=whole.number("return_days", 0),
        withdrawn=whole.truth("withdrawn"),
        version=version,
    )
    whole.require_known()
    require_whole(kind, source)
    return replace(kind, stages=in_order(kind))


def _field(part: Part) -> CaseField:
    kind = part.one_of("type", [each.value for each in FieldType])
    choices = {each.name("id"): each.words() for each in part.parts("choices")}
    if (kind == FieldType.CHOICE) != bool(choices):
        raise part.wrong("choices", "choices for a field of type choice, and for no other")
    found = CaseField(part.name("id"), part.words("label"), FieldType(kind), choices, part.names("required"))
    part.require_known()
    return found


def _stage(part: Part) -> Stage:
    found = Stage(part.name("id"), part.words("words"), part.truth("closed"))
    part.require_known()
    return found


def _act(part: Part) -> CaseAct:
    right = part.one_of("right", [each.value for each in RIGHTS])
    guards = tuple(Guard(each) for each in part.some_of("guards", [each.value for each in Guard]))
    found = CaseAct(
        id=part.name("id"),
        words=part.words("words"),
        before=frozenset(part.names("from")),
        after=part.name("to") if "to" in part else None,
        right=Act(right),
        needs=part.names("needs"),
        takes=part.names("takes"),
        guards=guards,
        back=part.truth("back"),
        tells=part.truth("tells"),
        assigns=part.truth("assigns"),
    )
    part.require_known()
    return found


def _clock(part: Part) -> CaseClock:
    name = part.one_of("name", [each for each in RULES if each not in OWN])
    chosen = {key: tuple(part.some_of(key, known)) for key, known in _CHOSEN.items()}
    until = part.name("until") if "until" in part else ""
    if until and "term" in part:
        raise part.wrong("until", "no term beside it: the clock is due at the moment of that field")
    found = CaseClock(
        name,
        part.text("rule", RULES[name]),
        None if until else _term(part.part("term")),
        part.names("starts"),
        part.names("ends"),
        part.names("reopens"),
        part.truth("latest") or bool(until),
        until,
        **chosen,
        values=part.part("values").lists() if "values" in part else {},
    )
    part.require_known()
    return found


def _term(part: Part) -> Term:
    """Exactly one amount: minutes or hours, of working time if `working`; working_days; days."""
    given = [key for key in (*_AMOUNTS, "working_days", "days") if key in part]
    if len(given) != 1:
        raise part.wrong("", "one of minutes, hours, working_days, days")
    amount = part.number(given[0], 0)
    if amount < 1:
        raise part.wrong(given[0], "a whole number of 1 or more")
    working = part.truth("working")
    part.require_known()
    if given[0] in _AMOUNTS:
        return Within(_AMOUNTS[given[0]] * amount, Count.WORKING if working else Count.PLAIN)
    return WorkingDays(amount) if given[0] == "working_days" else CalendarDays(amount)
