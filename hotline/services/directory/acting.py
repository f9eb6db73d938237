"""Whoever of the directory is away, and who takes their calls meanwhile. An entry is one of us by their mobile."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.directory.directory import DirectoryPerson
from hotline.domain.numbers import NO_NUMBER, Number
from hotline.domain.staff.deputies import absence_at, deputy_at
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
    of_mobile: dict[str, list[int]] = {}
    for person_id, person in people.items():
        of_mobile.setdefault(person.mobile, []).append(person_id)
    found = {}
    for entry in entries:
        theirs = of_mobile.get(entry.number, []) if entry.number else []
        absence = absence_at(absences, theirs[0], now) if len(theirs) == 1 else None
        if absence is not None:
            deputy = people.get(deputy_at(absences, theirs[0], now) or 0)
            reached = deputy if deputy is not None and deputy.mobile else None
            found[entry.id or 0] = Away(absence.until, *((reached.name, reached.mobile) if reached else ()))
    return found
