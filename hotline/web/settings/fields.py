"""An input for a setting, by its type: how it is shown, and what was typed as the settings take it.

Nothing is refused here: what cannot be read stays the text that it is, and the settings themselves say what they
expected."""

from __future__ import annotations

import datetime as dt
import json
import types
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Le
from pydantic import BaseModel

from hotline.settings.decidable import annotation_of
from hotline.settings.hours import HoursPeriod


class InputKind(StrEnum):
    """What is drawn for it."""

    BOOLEAN = "boolean"
    NUMBER = "number"
    CHOICE = "choice"
    TIME = "time"
    DATE = "date"
    LINES = "lines"  # one a line
    PERIODS = "periods"  # 09:00-12:00, 13:00-17:30
    TEXT = "text"
    TABLE = "table"  # JSON
    CHECKS = "checks"  # of several choices those that are ticked
    ROWS = "rows"  # a table, an entry a row
    SECRET = "secret"  # typed and never shown
    SECRET_LINES = "secret_lines"  # the same, one a line


@dataclass(frozen=True, slots=True)
class SettingField:
    """`step`: of a number, "any" for one with a fraction. `least`, `most`: "" for none."""

    key: str
    kind: InputKind
    choices: tuple[str, ...] = ()
    least: str = ""
    most: str = ""
    step: str = ""


def setting_field(key: str) -> SettingField:
    """Raises KeyError: no such setting."""
    annotation = annotation_of(key)
    if annotation is None:
        raise KeyError(key)
    return field_of(key, annotation)


def field_of(key: str, annotation: Any) -> SettingField:
    """For a value of this type; where it need not be given, for the type that it has when it is."""
    plain, marks = taken_apart(annotation)
    if plain is bool:
        return SettingField(key, InputKind.BOOLEAN)
    if plain in (int, float):
        least, most = _bounds(marks)
        return SettingField(key, InputKind.NUMBER, least=least, most=most, step="1" if plain is int else "any")
    if choices := choices_of(plain):
        return SettingField(key, InputKind.CHOICE, choices)
    if plain is dt.time:
        return SettingField(key, InputKind.TIME)
    if plain is dt.date:
        return SettingField(key, InputKind.DATE)
    if get_origin(plain) is tuple:
        inner, _marks = taken_apart(get_args(plain)[0])
        if inner is HoursPeriod:
            return SettingField(key, InputKind.PERIODS)
        is_model = isinstance(inner, type) and issubclass(inner, BaseModel)
        return SettingField(key, InputKind.TABLE if is_model else InputKind.LINES)
    if get_origin(plain) is dict or (isinstance(plain, type) and issubclass(plain, BaseModel)):
        return SettingField(key, InputKind.TABLE)
    return SettingField(key, InputKind.TEXT)


def shown(key: str, value: Any) -> str:
    """As it stands in the input, and as `read` reads it. `value`: typed, or as JSON holds it."""
    return shown_in(setting_field(key).kind, value)


def shown_in(kind: InputKind, value: Any) -> str:
    """As it stands in an input of this kind."""
    if value is None:
        return ""
    if kind is InputKind.PERIODS:
        return ", ".join(map(_period, value))
    if kind is InputKind.LINES:
        return "\n".join(str(each) for each in value)
    if kind is InputKind.TABLE:
        return json.dumps(as_json(value), ensure_ascii=False, indent=1)
    if kind is InputKind.BOOLEAN:
        return "true" if value else "false"
    if kind is InputKind.TIME:
        return f"{value:%H:%M}" if isinstance(value, dt.time) else str(value)
    return str(value.value) if isinstance(value, Enum) else str(value)


def named(value: Any) -> str:
    """A table as people read it: its entries by their names, or by their keys; how they are set stands in its input."""
    if isinstance(value, BaseModel):
        return named({name: getattr(value, name) for name in type(value).model_fields})
    if isinstance(value, Mapping):
        return ", ".join(_entry(str(key), inner) for key, inner in value.items())
    return ", ".join(_entry(str(at + 1), inner) for at, inner in enumerate(value or ()))


def _entry(key: str, value: Any) -> str:
    """Its name, a plain value as it is, else its key alone."""
    name = value.get("name") if isinstance(value, Mapping) else getattr(value, "name", None)
    if isinstance(name, str) and name:
        return name
    return f"{key}: {value}" if isinstance(value, str | int | float) else key


def read(key: str, text: str) -> Any:
    """What was typed, as JSON holds it; None for what was left empty and may be."""
    return read_in(setting_field(key), annotation_of(key), text)


def read_in(field: SettingField, annotation: Any, text: str) -> Any:
    """What was typed into a field of this type."""
    text = text.strip()
    if not text and _given(annotation) is not None:
        return None
    if field.kind is InputKind.BOOLEAN:
        return {"true": True, "false": False}.get(text, text)
    if field.kind is InputKind.NUMBER:
        return _number(text)
    if field.kind is InputKind.PERIODS:
        return [part.strip() for part in text.replace("，", ",").replace("、", ",").split(",") if part.strip()]
    if field.kind in (InputKind.LINES, InputKind.SECRET_LINES):
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        return [_number(line) for line in lines] if _of_numbers(annotation) else lines
    if field.kind is InputKind.TABLE:
        try:
            return json.loads(text or "{}")
        except (ValueError, RecursionError):  # the second: lists in lists without end
            return text
    return text


def taken_apart(annotation: Any) -> tuple[Any, tuple[Any, ...]]:
    """The type, with or without None, and what it is annotated with at any depth."""
    marks: tuple[Any, ...] = ()
    while True:
        if get_origin(annotation) is Annotated:
            annotation, *more = get_args(annotation)
            marks = (*more, *marks)
        elif (given := _given(annotation)) is not None:
            annotation = given
        else:
            return annotation, marks


def _given(annotation: Any) -> Any:
    """Of what may be left empty, what else it may be; None for any other type."""
    inner = get_args(annotation) if get_origin(annotation) in (Union, types.UnionType) else ()
    others = [each for each in inner if each is not types.NoneType]
    return others[0] if len(others) == 1 and len(inner) == 2 else None


def _bounds(marks: Iterable[Any]) -> tuple[str, str]:
    least = most = ""
    for mark in [inner for each in marks for inner in (each, *getattr(each, "metadata", ()))]:
        if isinstance(mark, Ge):
            least = str(mark.ge)
        if isinstance(mark, Le):
            most = str(mark.le)
    return least, most


def choices_of(plain: Any) -> tuple[str, ...]:
    if get_origin(plain) is Literal:
        return tuple(map(str, get_args(plain)))
    if isinstance(plain, type) and issubclass(plain, StrEnum):
        return tuple(each.value for each in plain)
    return ()


def _of_numbers(annotation: Any) -> bool:
    inner = taken_apart(get_args(taken_apart(annotation)[0])[0])[0]
    if get_origin(inner) in (Union, types.UnionType):
        return False
    return inner in (int, float)


def _number(text: str) -> int | float | str:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def _period(value: Any) -> str:
    if isinstance(value, HoursPeriod):
        end = "24:00" if value.end == dt.time.min else f"{value.end:%H:%M}"
        return f"{value.start:%H:%M}-{end}"
    return str(value)


def as_json(value: Any) -> Any:
    """A typed value as JSON holds it."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, Mapping):
        return {str(name): as_json(inner) for name, inner in value.items()}
    return [as_json(each) for each in value] if isinstance(value, list | tuple) else value
