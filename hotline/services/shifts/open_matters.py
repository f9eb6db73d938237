"""The published shifts that somebody has ahead (F6): when they leave, whoever takes over has them, or nobody where they
cannot be at both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from hotline.domain.errors import Refused
from hotline.domain.shifts.shift import PlannedShift
from hotline.domain.staff.records import Person
from hotline.domain.time import minute_text
from hotline.services.open_matter import Holder, OpenMatter, OpenMatters
from hotline.services.shifts.plan import require_reachable, require_room
from hotline.services.shifts.told import tell_change
from hotline.services.shifts.working import absences
from hotline.services.staff.concerned import person_of_account
from hotline.storage.shifts.store import ShiftStore
from hotline.storage.staff.spans import TenureStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Transaction


def _find(tx: Transaction, holder: Holder) -> Iterator[OpenMatter]:
    person = _person(tx, holder) if holder.leaves_at is not None else None
    if person is None or person.id is None or holder.leaves_at is None:
        return
    for shift in ShiftStore(tx).ahead_of(person.id, holder.leaves_at):
        yield OpenMatter("shift", shift.id or 0, minute_text(shift.starts_at), shift.starts_at)


def _hand_over(tx: Transaction, matter: OpenMatter, to: Holder, now: datetime, by: str) -> None:
    shift, person = ShiftStore(tx).get(matter.id), _person(tx, to)
    assert shift is not None and person is not None
    numbers = shift.numbers if person.id == shift.person_id else ()
    given = replace(shift, person_id=person.id, person=person.name, numbers=numbers, version=shift.version + 1)
    if not _can_have(tx, given):
        given = replace(given, person_id=None, person="", numbers=(), published_at=None)
    ShiftStore(tx).change(given, shift.version)
    tell_change(tx, shift, given, now)


def _can_have(tx: Transaction, given: PlannedShift) -> bool:
    """Not whoever is at another desk then, is away, or could not be rung: it is open then, and stands with those that
    are to be given away."""
    if any(given.meets(each.starts_at, each.ends_at) for each in absences(tx).get(given.person_id or 0, ())):
        return False
    try:
        require_room(tx, given)
        require_reachable(tx, [given])
    except Refused:
        return False
    return True


def _person(tx: Transaction, holder: Holder) -> Person | None:
    if holder.username:
        return person_of_account(tx, holder.username)
    held = next((each for each in TenureStore(tx).search(extension=holder.extension) if each.until is None), None)
    return StaffStore(tx).person(held.person_id) if held is not None else None


MATTERS = OpenMatters(_find, _hand_over)
