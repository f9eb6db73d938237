"""What is given with an act, as fields of a form: which control, what can be chosen, what was wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from flask_babel import gettext

from hotline.domain.cases import given
from hotline.domain.cases.clock_names import short_name
from hotline.domain.cases.kind import CaseField, FieldType, Kind
from hotline.domain.time import SHANGHAI, minute_text
from hotline.services.cases.attaching import written_call
from hotline.services.cases.choosing import Choices
from hotline.services.cases.department_page import AskedField
from hotline.services.cases.seeing import SeenAct, SeenCase
from hotline.web.cases.labels import COMPLEXITIES, DEGREES, GIVEN, PRIORITIES, WAYS
from hotline.web.deadlines.labels import CLOCKS
from hotline.web.kit.i18n import language

Options = Sequence[tuple[str, str]]


class Control(StrEnum):
    LINE = "line"
    LINES = "lines"
    CHOICE = "choice"
    DAY = "day"
    MOMENT = "moment"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class ActField:
    """`options`: of a choice, value and words; of a line what may be picked. `problem`: in words, "" for none."""

    name: str
    label: str
    control: Control
    required: bool = False
    value: str = ""
    problem: str = ""
    options: Options = ()


@dataclass(frozen=True)
class Typed:
    """What somebody gave with an act that was refused, and why: by field, and `said` of it as a whole."""

    act: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    said: str = ""


NOTHING_TYPED = Typed()

_OF_TYPE = {
    FieldType.LINES: Control.LINES,
    FieldType.CHOICE: Control.CHOICE,
    FieldType.YES_NO: Control.CHOICE,
    FieldType.DAY: Control.DAY,
    FieldType.MOMENT: Control.MOMENT,
    FieldType.NUMBER: Control.NUMBER,
    FieldType.MONEY: Control.NUMBER,
}

_BUILT_IN = {
    **dict.fromkeys((given.NOTE, given.REASON, given.SOLUTION, given.RESULT), Control.LINES),
    **dict.fromkeys((given.DUE_AT, given.NEXT_WORD_AT), Control.MOMENT),
    given.MORE: Control.NUMBER,
    given.CASE: Control.LINE,
}


def fields_of(act: SeenAct, seen: SeenCase, choices: Choices, typed: Typed) -> list[ActField]:
    """In the order in which they are asked for; a field of the kind begins with what the case has of it."""
    is_typed = typed.act == act.act.id
    values = typed.values if is_typed else {**_begun(seen), **_proposed(act, seen)}
    problems = typed.problems if is_typed else {}
    return [
        _field(name, seen, choices, act, name in act.required, values.get(name, ""), problems.get(name, ""))
        for name in (*act.required, *act.may_give)
    ]


def opening_fields(kind: Kind, values: Mapping[str, str], problems: Mapping[str, str]) -> list[ActField]:
    """Those of the kind that are no act's: what is known when a case is opened."""
    later = {name for act in kind.acts for name in (*act.needs, *act.takes)}
    required = kind.required_with("open")
    asked = [each for each in kind.fields if each.id not in later or each.id in required]
    return [_own(each, each.id in required, values.get(each.id, ""), problems.get(each.id, "")) for each in asked]


def answer_fields(
    asked: Sequence[AskedField], values: Mapping[str, str], problems: Mapping[str, str]
) -> list[ActField]:
    """What a department's answer has."""
    shown = []
    for each in asked:
        typed = each.required, values.get(each.name, ""), problems.get(each.name, "")
        shown.append(_own(each.field, *typed) if each.field is not None else _built_in(each.name, *typed))
    return shown


def moments(typed: Mapping[str, str], names: Sequence[str]) -> dict[str, str]:
    """Those of these names that were typed as moments on the wall clock, with their zone; all else stays, to be
    refused."""
    found: dict[str, str] = {}
    for name in names:
        try:
            found[name] = datetime.fromisoformat(typed.get(name, "")).replace(tzinfo=SHANGHAI).isoformat()
        except ValueError:
            continue
    return found


def _begun(seen: SeenCase) -> dict[str, str]:
    own = {name: str(getattr(seen.case, name)) for name in (given.DEMAND, given.LOSS, given.SPREAD)}
    weighed = {name: value for name, value in own.items() if value != "0"}
    return {**seen.case.values, **weighed, given.PRIORITY: seen.case.priority, given.COMPLEXITY: seen.case.complexity}


def _proposed(act: SeenAct, seen: SeenCase) -> dict[str, str]:
    """Who answers for it by the directory is chosen already; of one solution, that one."""
    suggested = next((each.person.department_id for each in seen.responsible), None)
    found = {given.DEPARTMENT: str(suggested)} if suggested is not None and act.act.assigns else {}
    return found | ({given.CHOSEN: "1"} if len(seen.solutions) == 1 else {})


def _field(
    name: str, seen: SeenCase, choices: Choices, act: SeenAct, required: bool, value: str, problem: str
) -> ActField:
    own = seen.kind.field(name)
    if own is not None:
        return _own(own, required, value, problem)
    options = _OPTIONS[name](seen, choices, act.act.id) if name in _OPTIONS else ()
    return _built_in(name, required, value, problem, options)


def _built_in(name: str, required: bool, value: str, problem: str, options: Options = ()) -> ActField:
    control = _BUILT_IN.get(name, Control.CHOICE)
    return ActField(name, str(GIVEN[name]), control, required, _shown(control, value), problem, options)


def _own(own: CaseField, required: bool, value: str, problem: str) -> ActField:
    options: Options = [(code, words.said(language())) for code, words in own.choices.items()]
    if own.type is FieldType.YES_NO:
        options = (("yes", gettext("Yes")), ("no", gettext("No")))
    control = _OF_TYPE.get(own.type, Control.LINE)
    return ActField(own.id, own.label.said(language()), control, required, _shown(control, value), problem, options)


def _shown(control: Control, value: str) -> str:
    """A moment as the browser's control wants it."""
    if control is not Control.MOMENT or not value:
        return value
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    on_the_wall = moment.astimezone(SHANGHAI) if moment.tzinfo else moment  # what was typed has no zone
    return on_the_wall.strftime("%Y-%m-%dT%H:%M")


def _degrees(name: str) -> Callable[[SeenCase, Choices, str], Options]:
    return lambda _seen, _choices, _act: [(str(place), str(words)) for place, words in enumerate(DEGREES[name], 1)]


def _solutions(seen: SeenCase, _choices: Choices, _act: str) -> Options:
    """Those that the customer has not refused."""
    every = [(place, f"{place}. {each.given['solution']}"[:80]) for place, each in enumerate(seen.solutions, 1)]
    return [(str(place), words) for place, words in every if place not in seen.refused]


def _calls(seen: SeenCase, choices: Choices, act: str) -> Options:
    """To detach: those of the case; to attach: the customer's that are none of it yet; else all."""
    own = {written_call(each.call.node, each.call.linkedid): minute_text(each.call.at) for each in seen.calls}
    lately = {written_call(each.node, each.linkedid): minute_text(each.started_at) for each in choices.calls}
    if act == "detach_call":
        return list(own.items())
    if act == "attach_call":
        return [(key, said) for key, said in lately.items() if key not in own]
    return list({**lately, **{key: said for key, said in own.items() if key not in lately}}.items())


def _clocks(seen: SeenCase, _choices: Choices, _act: str) -> Options:
    running = [each for each in seen.clocks if each.stopped_at is None]
    return [(short_name(each.clock), str(CLOCKS[each.clock].text)) for each in running if each.clock in CLOCKS]


def _checks(seen: SeenCase, _choices: Choices, _act: str) -> Options:
    """Those that nobody has done."""
    items = enumerate(seen.kind.checklist, 1)
    return [(str(item), words.said(language())) for item, words in items if item not in seen.checked]


_OPTIONS: Mapping[str, Callable[[SeenCase, Choices, str], Options]] = {
    given.DEPARTMENT: lambda _seen, choices, _act: choices.departments,
    given.TO: lambda _seen, choices, _act: choices.people,
    given.CHOSEN: _solutions,
    given.CALL: _calls,
    given.CLOCK: _clocks,
    given.CHECK_ITEM: _checks,
    given.PROOF: lambda seen, _choices, _act: [(str(each.id), each.download_name) for each in seen.attachments.shown],
    # By a link customers agree themselves.
    given.WAY: lambda _seen, _choices, _act: [(way, str(WAYS[way])) for way in (given.BY_PHONE, given.BY_SIGNATURE)],
    given.CASE: lambda seen, _choices, _act: [(each.number, each.title) for each in seen.duplicates],
    given.PRIORITY: lambda _seen, _choices, _act: [(code.value, str(label.text)) for code, label in PRIORITIES.items()],
    given.COMPLEXITY: lambda _seen, _choices, _act: [(code.value, str(text)) for code, text in COMPLEXITIES.items()],
    **{name: _degrees(name) for name in DEGREES},
}
