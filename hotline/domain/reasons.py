"""What a person has to be told, as a stable code and values. The words for a code stand once and in each language, in
refusals.py of hotline.web.<feature>; nothing reads a sentence to learn what happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Self, TypeAlias

#: A reason among the values is said in its own words, a list of reasons one after another. Moments are aware.
Value: TypeAlias = "str | int | float | date | datetime | Reason | Sequence[str | Reason] | None"

#: Values that may tell who called or what somebody wrote: they never go into a log.
PRIVATE = frozenset({"got", "name", "number", "person", "text"})

#: How a stored moment is told from a text.
_MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class Reason:
    """`code` is "feature.what"; `values` fill the placeholders of its words."""

    code: str
    values: Mapping[str, Value] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """As it is stored; `from_json` reads it. Days become text."""
        return {"code": self.code, "values": stored_values(self.values)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        return cls(str(stored["code"]), read_values(stored.get("values", {})))

    def __str__(self) -> str:
        """For logs: the code, and the values that tell nothing of a caller."""
        told = (f"{name}={_plain(value)}" for name, value in self.values.items() if name not in PRIVATE)
        return " ".join([self.code, *told])


def stored_values(values: Mapping[str, Value]) -> dict[str, object]:
    """As they are stored in JSON; `read_values` reads them."""
    return {name: _stored(value) for name, value in values.items()}


def read_values(stored: Mapping[str, Any]) -> dict[str, Value]:
    return {name: _read(value) for name, value in stored.items()}


def because(code: str, /, **values: Value) -> Reason:
    return Reason(code, values)


def so_many(code: str, n: int, /, **values: Value) -> Reason | None:
    """What is told of `n` things, which is a value of its words; None for none."""
    return Reason(code, {"n": n, **values}) if n else None


def several(*told: Reason | None) -> Reason | None:
    """All of it as one; None for nothing."""
    found = [each for each in told if each is not None]
    if len(found) > 1:
        return because("machine.several", told=found)
    return found[0] if found else None


class Coded(Exception):
    """An error that a person is told of by code and values. `field`: the input that it is about, "" for none."""

    def __init__(self, code: str, /, *, field: str = "", **values: Value) -> None:
        super().__init__(code)
        self.reason = Reason(code, values)
        self.field = field

    @classmethod
    def of(cls, reason: Reason, field: str = "") -> Self:
        return cls(reason.code, field=field, **reason.values)

    @property
    def code(self) -> str:
        return self.reason.code

    @property
    def values(self) -> Mapping[str, Value]:
        return self.reason.values

    def __str__(self) -> str:
        return str(self.reason)


#: So much of what a program says of itself is told; it may be of any length.
_MOST = 300


def broken(error: BaseException) -> Reason:
    """What is told of an error that nobody expected: its own reason, else what the program says of it."""
    if isinstance(error, Coded):
        return error.reason
    text = f"{type(error).__name__}: {error}".removesuffix(": ")
    return because("machine.broken", why=text if len(text) <= _MOST else f"{text[: _MOST - 1]}…")


class Unfit(Coded, ValueError):
    """A value that a rule of the domain or of the settings does not take."""


def _stored(value: Value) -> object:
    if isinstance(value, Reason):
        return value.as_json()
    if isinstance(value, datetime):
        return {_MOMENT: value.isoformat()}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_stored(each) for each in value]
    return value


def _read(value: Any) -> Any:
    if isinstance(value, dict):
        return datetime.fromisoformat(value[_MOMENT]) if _MOMENT in value else Reason.from_json(value)
    return [_read(each) for each in value] if isinstance(value, list) else value


def _plain(value: Value) -> str:
    if isinstance(value, Reason):
        return f"({value})"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(map(_plain, value)) + "]"
    text = str(value)
    return repr(text) if " " in text or not text else text
