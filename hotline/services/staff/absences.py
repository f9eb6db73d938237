"""Who is away from when to when, and who acts for them: everybody says so of themselves, administrators of all."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.errors import NotFound, Refused
from hotline.domain.people import Actor
from hotline.domain.staff.deputies import require_fit_absence
from hotline.domain.staff.records import Absence
from hotline.services.staff.concerned import is_with_us
from hotline.services.staff.people import own_person, person_of
from hotline.services.staff.rights import require_to_change
from hotline.storage.audit import AuditLog
from hotline.storage.staff.spans import AbsenceStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage, Transaction


def go_away(storage: Storage, new: Absence, actor: Actor, now: datetime) -> Absence:
    """Raises Forbidden for others, NotFound, Refused: it ends after it begins and is not over, somebody else who is
    here acts for them, and they are not away already."""
    with storage.writing() as tx:
        person = person_of(tx, new.person_id)
        _require_own_or_keeper(tx, person.id, actor)
        require_fit_absence(AbsenceStore(tx).search(person_id=person.id), new)
        if new.until <= now:
            raise Refused("staff.over_already", field="until")
        if new.deputy_id is not None:
            deputy = StaffStore(tx).person(new.deputy_id)
            if deputy is None or not is_with_us(tx, deputy, now):
                raise Refused("staff.unknown_deputy", field="deputy")
        made = AbsenceStore(tx).add(new)
        AuditLog(tx).add(now, actor.name, "absence.add", f"person:{person.id}", _span(made))
    return made


def come_back(storage: Storage, absence_id: int, actor: Actor, now: datetime) -> Absence:
    """It is over now; one that has not begun is taken back. Raises Forbidden for others, NotFound, Refused for one
    that was over before."""
    with storage.writing() as tx:
        found = next((each for each in AbsenceStore(tx).search() if each.id == absence_id), None)
        if found is None:
            raise NotFound("staff.no_absence", id=absence_id)
        _require_own_or_keeper(tx, found.person_id, actor)
        if found.until <= now:
            raise Refused("staff.over_already")
        if found.since >= now:
            AbsenceStore(tx).remove(absence_id)
        else:
            AbsenceStore(tx).end(absence_id, now)
        AuditLog(tx).add(now, actor.name, "absence.end", f"person:{found.person_id}", _span(found))
    return found


def _require_own_or_keeper(tx: Transaction, person_id: int | None, actor: Actor) -> None:
    own = own_person(tx, actor)
    if own is None or own.id != person_id:
        require_to_change(actor)


def _span(absence: Absence) -> str:
    return f"{absence.since.isoformat()} - {absence.until.isoformat()}, deputy {absence.deputy_id or '-'}"
