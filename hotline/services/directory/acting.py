"""Whoever of the directory is away or has left, and who takes their calls meanwhile. An entry is one of us by their
mobile."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.directory.directory import DirectoryPerson
from hotline.domain.numbers import NO_NUMBER, Number
from hotline.domain.staff.deputies import absence_at, deputy_at
from hotline.domain.staff.records import Person
from hotline.storage.staff.spans import AbsenceStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Away:
    """`acting`: who takes their calls, at `number`; "" where nobody acts for them, or who does has no mobile: then they
    are rung themselves."""

    until: datetime
    acting: str = ""
    number: Number = NO_NUMBER


def away_now(tx: Transaction, entries: Collection[DirectoryPerson], now: datetime) -> dict[int, Away]:
    """Those of them who are away, by the entry's id. A mobile that several of us have tells nobody."""
    absences = AbsenceStore(tx).at(now)
    if not absences:
        return {}
    people = {person.id or 0: person for person in StaffStore(tx).all()}
    left, found = StaffStore(tx).gone(now), {}
    for entry_id, person_id in _one_of_us(entries, people.values()).items():
        absence = absence_at(absences, person_id, now)
        if absence is not None:
            deputy = people.get(deputy_at(absences, person_id, now) or 0)
            reached = deputy if deputy is not None and deputy.mobile and deputy.id not in left else None
            found[entry_id] = Away(absence.until, *((reached.name, reached.mobile) if reached else ()))
    return found


def gone_now(tx: Transaction, entries: Collection[DirectoryPerson], now: datetime) -> frozenset[int]:
    """Those of them who are not with us any more (业务电话 12), by the entry's id: nobody is passed on to them."""
    left = StaffStore(tx).gone(now)
    if not left:
        return frozenset()
    whose = _one_of_us(entries, StaffStore(tx).all(active_only=False))
    return frozenset(entry_id for entry_id, person_id in whose.items() if person_id in left)


def _one_of_us(entries: Iterable[DirectoryPerson], people: Iterable[Person]) -> Mapping[int, int]:
    """By the entry's id, the one person with that mobile."""
    of_mobile: dict[str, list[int]] = {}
    for person in people:
        of_mobile.setdefault(person.mobile, []).append(person.id or 0)
    theirs = {entry.id or 0: of_mobile.get(entry.number, []) for entry in entries if entry.number}
    return {entry_id: ids[0] for entry_id, ids in theirs.items() if len(ids) == 1}
