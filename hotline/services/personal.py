"""G3, PIPL 45-47: what features keep of persons, as these may ask for it.

A feature tells it as `PARTS`, a tuple of `PersonalPart`, in a module `personal` of its folder. Which columns that are,
it tells beside its tables (hotline.storage.personal)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from operator import attrgetter
from typing import Any, Generic, TypeVar

from hotline.discovery import gathered
from hotline.domain import numbers
from hotline.domain.numbers import Number
from hotline.domain.people import Actor
from hotline.domain.retention.privacy import CallKey, KeptCall, Person, matter_may_go, verdict_of
from hotline.domain.retention.retention import RetentionVerdict, Terms
from hotline.domain.time import second_text
from hotline.storage.transaction import Transaction

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class CopyColumn:
    """A column of a table in a person's copy. `key`: its name in data.json; `read`: the attribute it is read from, if
    that has another name, or what reads it; `header`: its name in the CSV, if that is another."""

    key: str
    read: str | Callable[[Any], object] = ""
    header: str = ""

    def value(self, row: object) -> object:
        return self.read(row) if callable(self.read) else attrgetter(self.read or self.key)(row)


@dataclass(frozen=True, slots=True)
class CopyFile:
    """A file of the copy: `name` in it, and `path` below the store; `sound`: it is given as WAV, which every phone
    plays. In data.json it is its name, or null when the store does not have it."""

    name: str
    path: str
    sound: bool = False


@dataclass(frozen=True)
class Copied:
    """What a part puts into a copy: `lines` of its table under `header` (() for no table), `whole` under its name in
    data.json, `also` under further names, `of_calls` into the calls there, by their ids, and `files`."""

    header: Sequence[str] = ()
    lines: Sequence[Sequence[str]] = ()
    whole: Sequence[object] | None = None
    also: Mapping[str, object] = field(default_factory=dict)
    of_calls: Mapping[int, Mapping[str, object]] = field(default_factory=dict)
    files: Sequence[CopyFile] = ()


@dataclass(frozen=True)
class Copying:
    """A person's copy as it is made: `person` as they are now, and under which terms."""

    person: Person
    terms: Terms
    now: datetime

    def verdict(self, call: KeptCall) -> RetentionVerdict:
        return verdict_of(call, self.terms, self.now)


@dataclass(frozen=True)
class Erasing:
    """A deletion for a person: their calls whose time is over are `going`, all the others `staying`."""

    person: Person
    going: Sequence[KeptCall]
    staying: Sequence[KeptCall]
    terms: Terms
    actor: Actor
    now: datetime

    @cached_property
    def going_keys(self) -> frozenset[CallKey]:
        return frozenset(call.key for call in self.going)

    @cached_property
    def _staying_keys(self) -> frozenset[CallKey]:
        return frozenset(call.key for call in self.staying)

    @cached_property
    def _going_forms(self) -> frozenset[int | None]:
        return _forms(self.going)

    @cached_property
    def _staying_forms(self) -> frozenset[int | None]:
        return _forms(self.staying)

    def may_go(self, closed_at: datetime | None, call: CallKey) -> bool:
        """Whether something that was written because of this call may be deleted (`matter_may_go`)."""
        going, staying = call in self.going_keys, call in self._staying_keys
        return matter_may_go(closed_at, going, staying, self.terms, self.now)

    def may_go_with_form(self, closed_at: datetime | None, form_id: int | None) -> bool:
        """As `may_go`, by the log form that it was opened from."""
        going, staying = form_id in self._going_forms, form_id in self._staying_forms
        return matter_may_go(closed_at, going, staying, self.terms, self.now)


def _forms(calls: Iterable[KeptCall]) -> frozenset[int | None]:
    return frozenset(call.form.id for call in calls if call.form and call.form.id is not None)


class PersonalPart(Generic[Found]):
    """One kind of what is kept of persons. `name`: of its table in the copy, and in data.json. `place`: the order in
    which parts are copied and deleted. `readme`: what the copy's README says of it, in Chinese and English; ("", "")
    for what no copy has. `columns`: of its table."""

    name: str
    place: int
    readme: tuple[str, str] = ("", "")
    columns: Sequence[CopyColumn] = ()

    def find(self, tx: Transaction, person: Person) -> Sequence[Found]:
        """All that is kept of the person, who has no `found` yet. Read before anything is deleted."""
        raise NotImplementedError

    def copy(self, tx: Transaction, found: Sequence[Found], copying: Copying) -> Copied:
        """What the copy gets of it: by default its columns, one after the other, in both its forms."""
        return Copied(*csv_of(self.columns, found), json_of(self.columns, found)) if self.columns else Copied()

    def erase(self, tx: Transaction, found: Sequence[Found], erasing: Erasing) -> int:
        """Delete what no rule keeps; of how many. Doing it again finds nothing more. By default nothing goes. Raises
        Outdated when somebody else has just written something of it."""
        return 0


def parts() -> tuple[PersonalPart[Any], ...]:
    """Of all features, in their places."""
    told = gathered("hotline.services", "personal", "PARTS", tuple)
    return tuple(sorted((part for some in told for part in some), key=lambda part: part.place))


def csv_of(columns: Sequence[CopyColumn], rows: Iterable[object]) -> tuple[list[str], list[list[str]]]:
    """The header and the lines of a table for people: times in Shanghai, numbers as they are dialled."""
    header = [column.header or column.key for column in columns]
    return header, [[cell(column.value(row)) for column in columns] for row in rows]


def json_of(columns: Sequence[CopyColumn], rows: Iterable[object]) -> list[dict[str, object]]:
    """The same for programs, with numbers in E.164."""
    return [{column.key: _as_json(column.value(row)) for column in columns} for row in rows]


def cell(value: object) -> str:
    """As it stands in the CSV."""
    if isinstance(value, Number):
        return numbers.as_dialled(value)
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {cell(text)}" for name, text in value.items())
    if isinstance(value, tuple | list):
        return " ".join(map(cell, value))
    if isinstance(value, datetime):
        return second_text(value)
    return "" if value is None else str(value)


def _as_json(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, tuple | list):
        return list(value)
    return value if isinstance(value, str) or type(value) is int else cell(value)
