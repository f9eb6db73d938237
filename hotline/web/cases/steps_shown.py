"""What was done to a case, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext

from hotline.domain.cases import given
from hotline.domain.cases.clock_names import clock_name
from hotline.domain.cases.kind import Kind
from hotline.domain.cases.process import act_of
from hotline.domain.time import minute_text
from hotline.services.cases.choosing import Choices
from hotline.services.cases.seeing import SeenCase, SeenStep
from hotline.web.cases.labels import COMPLEXITIES, DEGREES, GIVEN, PRIORITIES, STEPS, WAYS
from hotline.web.deadlines.labels import CLOCKS
from hotline.web.kit.i18n import language
from hotline.web.kit.who import by_name


@dataclass(frozen=True, slots=True)
class ShownStep:
    """`to`: the stage it led to, "" where it stayed. `case`: number of the merged one that it was done to, "" for this
    one. `back`: a step back. `given`: names and values in words. `call_id`: of the call that was named with it."""

    words: str
    to: str
    by: str
    at: datetime
    case: str
    back: bool
    given: Sequence[tuple[str, str]]
    call_id: int | None


def shown_steps(seen: SeenCase, choices: Choices) -> list[ShownStep]:
    """The newest first."""
    calls = {f"{each.call.node}/{each.call.linkedid}": each.call_id for each in seen.calls}
    return [_shown(each, seen, choices, calls) for each in reversed(seen.steps)]


def act_words(kind: Kind, act_id: str) -> str:
    act = act_of(kind, act_id)
    return act.words.said(language()) if act is not None else str(STEPS.get(act_id, act_id))


def stage_words(kind: Kind | None, stage_id: str) -> str:
    stage = kind.stage(stage_id) if kind is not None else None
    return stage.words.said(language()) if stage is not None else stage_id


def value_words(kind: Kind, name: str, value: str) -> str:
    """A value of one of the kind's own fields."""
    own = kind.field(name)
    if own is not None and value in own.choices:
        return own.choices[value].said(language())
    if own is not None and own.type == "yes_no":
        return gettext("Yes") if value == "yes" else gettext("No")
    if own is not None and own.type == "moment":
        return _moment(value)
    return value


def _shown(each: SeenStep, seen: SeenCase, choices: Choices, calls: Mapping[str, int | None]) -> ShownStep:
    step, kind = each.step, seen.kind
    act = act_of(kind, step.act)
    words = [
        (_label(kind, name), _value(kind, name, value, choices))
        for name, value in step.given.items()
        if value and name not in _left_out(step.given)
    ]
    return ShownStep(
        act_words(kind, step.act),
        stage_words(kind, step.after) if step.before != step.after else "",
        step.by,
        step.at,
        each.case if each.case != seen.case.number else "",
        act is not None and act.back,
        words,
        calls.get(step.given.get(given.CALL, "")),
    )


def _left_out(words: Mapping[str, str]) -> set[str]:
    """The call is a link beside the step; the id of the customer's own link tells nobody anything."""
    return {given.CALL, given.PROOF} if words.get(given.WAY) == given.BY_LINK else {given.CALL}


def _label(kind: Kind, name: str) -> str:
    own = kind.field(name)
    return own.label.said(language()) if own is not None else str(GIVEN.get(name, name))


def _value(kind: Kind, name: str, value: str, choices: Choices) -> str:
    if kind.field(name) is not None:
        return value_words(kind, name, value)
    if name in DEGREES and value in ("1", "2", "3"):
        return str(DEGREES[name][int(value) - 1])
    if name in (given.DUE_AT, given.NEXT_WORD_AT):
        return _moment(value)
    if name == given.TO:
        return str(by_name(value))
    tables: Mapping[str, Mapping[str, object]] = {
        given.CHECK_ITEM: {str(item): words.said(language()) for item, words in enumerate(kind.checklist, 1)},
        given.DEPARTMENT: dict(choices.departments),
        given.WAY: WAYS,
        given.PRIORITY: {code.value: label.text for code, label in PRIORITIES.items()},
        given.COMPLEXITY: {code.value: text for code, text in COMPLEXITIES.items()},
        given.CLOCK: {value: CLOCKS[clock_name(value)].text} if clock_name(value) in CLOCKS else {},
    }
    return str(tables.get(name, {}).get(value, value))


def _moment(value: str) -> str:
    try:
        return minute_text(datetime.fromisoformat(value))
    except ValueError:
        return value
