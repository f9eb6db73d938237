"""What is given with an act, read as the fields of the kind want it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime

from hotline.domain.cases.case import Complexity, Priority
from hotline.domain.cases.clock_names import RULES
from hotline.domain.cases.given import CLOCK, DEMAND, DUE_AT, LOSS, MORE, NEXT_WORD_AT, PRIORITY, SPREAD
from hotline.domain.cases.kind import CaseAct, CaseField, FieldType, Kind
from hotline.domain.cases.severity import LEAST, MOST
from hotline.domain.errors import WrongFields
from hotline.domain.text import clean

MAX_LINE, MAX_TEXT = 200, 10_000

_LONG = frozenset({"reason", "note", "solution", "result"})
_MOMENTS = frozenset({DUE_AT, NEXT_WORD_AT})
_NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,4})?")
_PHONE = re.compile(r"\+?[\d -]{3,24}")


def read_given(
    kind: Kind,
    act: CaseAct | None,
    act_id: str,
    given: Mapping[str, str],
    known: Mapping[str, str],
    nobody: bool = False,
) -> dict[str, str]:
    """With each text made plain; what is empty is left out. `known`: the fields that the case has already;
    `nobody`: it is of nobody whom we know how to reach. Raises WrongFields: unknown, missing, or not of its type."""
    fields = {each.id: each for each in kind.fields}
    built_in = {*(act.needs if act else ()), *(act.takes if act else ())}
    problems: dict[str, str] = {}
    read: dict[str, str] = {}
    for name, written in given.items():
        field = fields.get(name)
        if field is None and name not in built_in:
            problems[name] = "unknown_field"
            continue
        lines = field.type is FieldType.LINES if field else name in _LONG
        text = clean(written, several_lines=lines).strip()
        if text and (problem := _problem(name, field, text)):
            problems[name] = problem
        elif text:
            read[name] = text
    needs = act.needs if act else ()  # of an act of every kind, the kind knows none
    for name in dict.fromkeys((*needs, *kind.required_with(act_id, nobody))):
        asked_for_now = name in needs
        if name not in read and (asked_for_now or not known.get(name)):
            problems.setdefault(name, "required")
    if problems:
        raise WrongFields(problems)
    return read


def _problem(name: str, field: CaseField | None, text: str) -> str:
    if len(text) > (MAX_TEXT if name in _LONG or (field and field.type is FieldType.LINES) else MAX_LINE):
        return "too_long"
    return _of_field(field, text) if field else _of_built_in(name, text)


def _of_field(field: CaseField, text: str) -> str:
    match field.type:
        case FieldType.CHOICE:
            return "" if text in field.choices else "not_a_choice"
        case FieldType.YES_NO:
            return "" if text in ("yes", "no") else "not_a_choice"
        case FieldType.NUMBER | FieldType.MONEY:
            return "" if _NUMBER.fullmatch(text) else "not_a_number"
        case FieldType.PHONE:
            return "" if _PHONE.fullmatch(text) else "not_a_phone"
        case FieldType.DAY:
            return "" if _is_day(text) else "not_a_day"
        case FieldType.MOMENT:
            return "" if _is_moment(text) else "not_a_day"
        case _:
            return ""


def _of_built_in(name: str, text: str) -> str:
    if name in (DEMAND, LOSS, SPREAD):
        return "" if text in map(str, range(LEAST, MOST + 1)) else "not_a_choice"
    if name == MORE:
        return "" if text.isascii() and text.isdigit() and 1 <= int(text[:5]) <= 999 else "not_a_number"
    if name in _MOMENTS:
        return "" if _is_moment(text) else "not_a_day"
    chosen = {
        PRIORITY: [each.value for each in Priority],
        "complexity": [each.value for each in Complexity],
        CLOCK: list(RULES),
    }
    return "" if name not in chosen or text in chosen[name] else "not_a_choice"


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_moment(text: str) -> bool:
    """With its zone."""
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False
