"""Inputs for settings on the pages of the administration: one for each key, a table's entries as rows. What was typed
is kept as it is; nothing is refused here, the settings themselves say what they expected."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from types import NoneType
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from werkzeug.datastructures import MultiDict

from hotline.domain.reasons import Reason, because
from hotline.settings import Settings
from hotline.settings.decidable import annotation_of, is_secret, whole_type
from hotline.web.settings.fields import InputKind, SettingField, choices_of, field_of, read_in, shown_in, taken_apart

#: What stands in an input: its text, or of rows each one's texts by column.
State = str | list[dict[str, str]]

#: The column of a row's own name, and of a value that has no name of its own.
NAME, VALUE = "name", "value"

#: Rows that stand empty below the others, to be filled; and how many are read at most.
SPARE_ROWS, _MOST_ROWS = 2, 1000

#: What a day is written as on which one line is closed while the site is open.
CLOSED = "-"

#: How a step without a shift is written in a pattern, where an empty line would be lost.
GAP = "-"

#: What leads to an entry of another table: one, or several of them.
_LEADS_TO = {
    "lines.*.menu": "menus",
    "menus.*.operator_queue": "queues",
    "operators.*.queues": "queues",
    "categories.*.parent": "categories",
    "customers.levels.*.queue": "queues",
}


@dataclass(frozen=True, slots=True)
class Input:
    """`optional`: nothing typed is "as the site". `columns`: of rows; `named`: each row has a name of its own."""

    key: str
    annotation: Any
    field: SettingField
    optional: bool = False
    secret: bool = False
    columns: tuple[Input, ...] = ()
    named: bool = False

    @property
    def kind(self) -> InputKind:
        return self.field.kind


@cache
def input_of(key: str) -> Input:
    """Raises KeyError: no such setting."""
    annotation = annotation_of(key)
    if annotation is None:
        raise KeyError(key)
    return _input(key, annotation)


def inputs_of_entry(entry: str) -> list[Input]:
    """Those of all that an entry of a table has, sections in it among them."""
    return [_input(key, annotation) for key, annotation in _leaves(entry, annotation_of(entry))]


def default_of(entry: str, key: str) -> Any:
    """What an entry's key is when nothing is given; None where something must be."""
    *path, last = key.removeprefix(f"{entry}.").split(".")
    model = annotation_of(".".join([entry, *path]))
    field = taken_apart(model)[0].model_fields[last]
    return None if field.is_required() else field.get_default(call_default_factory=True)


def with_choices(found: Input, settings: Settings) -> Input:
    """With the entries that it may lead to, as they are now."""
    table = next((table for pattern, table in _LEADS_TO.items() if _fits(pattern, found.key)), None)
    if table is None:
        return found
    names = tuple(getattr(settings, table))
    several = found.kind is InputKind.LINES
    choices = names if several or found.key.endswith((".menu", ".operator_queue")) else ("", *names)
    kind = InputKind.CHECKS if several else InputKind.CHOICE
    return replace(found, field=replace(found.field, kind=kind, choices=choices))


def state_of(found: Input, value: Any) -> State:
    """What stands in it for a typed value. Of a secret, nothing."""
    if found.secret:
        return ""
    if found.kind is InputKind.ROWS:
        return _rows(found, value)
    if found.optional and value == () and found.kind is InputKind.PERIODS:
        return CLOSED
    if _has_gaps(found) and value is not None:
        value = [each or GAP for each in value]
    return shown_in(InputKind.LINES if found.kind is InputKind.CHECKS else found.kind, value)


def typed_state(found: Input, form: MultiDict[str, str]) -> State:
    """What was sent."""
    if found.kind is InputKind.CHECKS:
        return "\n".join(form.getlist(found.key))
    if found.kind is not InputKind.ROWS:
        return form.get(found.key, "")
    rows = []
    columns = [NAME, *_names(found)] if found.named else _names(found)
    for place in range(_MOST_ROWS):
        texts = {column: form.get(f"{found.key}/{place}/{column}") for column in columns}
        if all(text is None for text in texts.values()):
            break
        rows.append({column: text or "" for column, text in texts.items()})
    return [row for row in rows if _is_filled(found, row)]


def value_typed(found: Input, state: State) -> Any:
    """As JSON holds it; None for "as the site"."""
    if isinstance(state, list):
        return _of_rows(found, state)
    text = state.strip()
    if found.optional and not text:
        return None
    if found.optional and found.kind is InputKind.PERIODS and text == CLOSED:
        return []
    if found.kind is InputKind.CHECKS:  # their order tells nothing
        ticked, known = text.splitlines(), found.field.choices
        return sorted(ticked, key=lambda each: known.index(each) if each in known else len(known))
    read = read_in(found.field, found.annotation, text)
    return ["" if each == GAP else each for each in read] if _has_gaps(found) else read


def wrong_rows(found: Input, state: State) -> Reason | None:
    """Two rows of one name, or one without: what would be lost on the way."""
    if not isinstance(state, list) or not found.named:
        return None
    names = [row[NAME].strip() for row in state]
    if not all(names):
        return because("settings.row_without_name")
    twice = sorted({name for name in names if names.count(name) > 1})
    return because("settings.row_twice", names=tuple(twice)) if twice else None


def mark(found: Input, state: State) -> str:
    """Two states that say the same have the same; of a secret nothing can be told from it."""
    if found.secret:
        return ""
    said = json.dumps(value_typed(found, state), sort_keys=True, ensure_ascii=False)
    return sha256(said.encode()).hexdigest()[:16]


def _input(key: str, annotation: Any) -> Input:
    inner, optional = _without_none(annotation)
    field = field_of(key, inner)
    found = Input(key, inner, field, optional, is_secret(key))
    plain_type, _marks = taken_apart(inner)
    if found.secret:
        kind = InputKind.SECRET_LINES if field.kind is InputKind.LINES else InputKind.SECRET
        return replace(found, field=replace(field, kind=kind))
    if get_origin(plain_type) is dict:
        value = get_args(plain_type)[1]
        columns = _columns(key, value)
        return replace(found, field=replace(field, kind=InputKind.ROWS), columns=columns, named=True)
    if field.kind is InputKind.TABLE and get_origin(plain_type) is tuple:
        columns = _columns(key, get_args(plain_type)[0])
        return replace(found, field=replace(field, kind=InputKind.ROWS), columns=columns)
    if field.kind is InputKind.LINES and not key.endswith(".codecs"):
        several, _marks = taken_apart(get_args(plain_type)[0])
        if choices := choices_of(several):
            return replace(found, field=replace(field, kind=InputKind.CHECKS, choices=choices))
    if all(taken_apart(each)[0] is int or _is_int_literal(each) for each in get_args(plain_type) or (str,)):
        return replace(found, field=replace(field, kind=InputKind.NUMBER, step="1"))
    return found


def _has_gaps(found: Input) -> bool:
    return _fits("shifts.patterns.*.cycle", found.key)


def _is_int_literal(annotation: Any) -> bool:
    values = get_args(annotation)
    return bool(values) and all(isinstance(value, int) and not isinstance(value, bool) for value in values)


def _columns(key: str, annotation: Any) -> tuple[Input, ...]:
    plain_type, _marks = taken_apart(annotation)
    if isinstance(plain_type, type) and issubclass(plain_type, BaseModel):
        return tuple(_input(f"{key}.*.{name}", inner) for name, inner in _fields(plain_type))
    return (_input(f"{key}.*", annotation),)


def _names(found: Input) -> list[str]:
    """Of the columns, as they stand in the inputs' names."""
    return [column.key.removeprefix(f"{found.key}.*").removeprefix(".") or VALUE for column in found.columns]


def _rows(found: Input, value: Any) -> list[dict[str, str]]:
    entries = value.items() if isinstance(value, Mapping) else enumerate(value or ())
    rows = []
    for name, inner in entries:
        row = {NAME: str(name)} if found.named else {}
        for column, at in zip(found.columns, _names(found), strict=True):
            each = getattr(inner, at) if isinstance(inner, BaseModel) else inner
            state = state_of(column, each)
            row[at] = state if isinstance(state, str) else ""
        rows.append(row)
    return rows


def _of_rows(found: Input, state: list[dict[str, str]]) -> Any:
    if found.optional and not state:
        return None
    read = [_row(found, row) for row in state]
    return {row[NAME].strip(): value for row, value in zip(state, read, strict=True)} if found.named else read


def _row(found: Input, row: Mapping[str, str]) -> Any:
    values = {at: value_typed(column, row.get(at, "")) for column, at in zip(found.columns, _names(found), strict=True)}
    return values[VALUE] if VALUE in values else {at: value for at, value in values.items() if value is not None}


def _is_filled(found: Input, row: Mapping[str, str]) -> bool:
    """What is chosen from a list stands in an empty row too."""
    chosen = {
        at
        for column, at in zip(found.columns, _names(found), strict=True)
        if column.kind in (InputKind.BOOLEAN, InputKind.CHOICE)
    }
    return any(text.strip() for at, text in row.items() if at not in chosen)


def _leaves(key: str, annotation: Any) -> list[tuple[str, Any]]:
    plain_type, _marks = taken_apart(annotation)
    if isinstance(plain_type, type) and issubclass(plain_type, BaseModel):
        return [leaf for name, inner in _fields(plain_type) for leaf in _leaves(f"{key}.{name}", inner)]
    return [(key, annotation)]


def _fields(model: type[BaseModel]) -> list[tuple[str, Any]]:
    return [(name, whole_type(field)) for name, field in model.model_fields.items()]


def _without_none(annotation: Any) -> tuple[Any, bool]:
    plain_type, _marks = taken_apart(annotation)
    kinds = get_args(plain_type)
    if NoneType in kinds and len(kinds) == 2:
        return next(each for each in kinds if each is not NoneType), True
    return annotation, False


def _fits(pattern: str, key: str) -> bool:
    names, places = key.split("."), pattern.split(".")
    return len(names) == len(places) and all(one in ("*", other) for one, other in zip(places, names, strict=True))
