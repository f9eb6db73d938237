"""Who has which extension from when on: what accounts say, and what the settings' files say of who has no account."""

from __future__ import annotations

import dataclasses
from datetime import datetime

from hotline.domain.people import NOBODY_KNOWN
from hotline.domain.staff.records import Person, Tenure
from hotline.storage.staff.spans import TenureStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Transaction


def tenures_of_account(tx: Transaction, user_id: int, extension: str | None) -> tuple[Tenure, ...]:
    """Which extensions whoever has this account had when, and has: where the account has one of which nothing is
    written down yet, it is theirs since the last one's who had it."""
    theirs = tuple(TenureStore(tx).of_user(user_id))
    if not extension or any(each.extension == extension and each.until is None for each in theirs):
        return theirs
    person = StaffStore(tx).person_of_user(user_id)
    ends = [each.until or each.since for each in TenureStore(tx).search(extension=extension)]
    since = max((end for end in ends if end is not None), default=None)
    return (*theirs, Tenure(person.id if person and person.id else NOBODY_KNOWN, extension, since))


def keep_account(
    tx: Transaction, user_id: int, name: str, active: bool, extension: str | None, now: datetime, by: str
) -> Person:
    """The person of this account as the account now is, with the extension from now on if they had it not yet. Who
    stood in the files by the same name at this extension is the one who now has an account."""
    staff = StaffStore(tx)
    changes = {"name": name, "user_id": user_id, "active": active, "updated_at": now, "updated_by": by}
    person = staff.person_of_user(user_id)
    if person is None and extension:
        holder = staff.holder(extension, now)
        person = holder if holder and holder.user_id is None and holder.name == name else None
    if person is None:
        person = staff.add_person(Person(**changes))  # type: ignore[arg-type]
    elif (person.name, person.user_id, person.active) != (name, user_id, active):
        changed = dataclasses.replace(person, **changes, version=person.version + 1)  # type: ignore[arg-type]
        staff.update_person(changed, person.version)
        person = changed
    assert person.id is not None
    give_extension(tx, person.id, extension, now)
    return person


def give_extension(tx: Transaction, person_id: int, extension: str | None, now: datetime) -> None:
    """From now on they have this extension and no other (None: none), and nobody else has it. Who is the first to have
    an extension has always had it."""
    tenures = TenureStore(tx)
    holding = [each for each in tenures.search(person_id=person_id) if each.until is None]
    if any(each.extension == extension for each in holding):
        return
    of_extension = tenures.search(extension=extension) if extension else []
    for each in (*holding, *(each for each in of_extension if each.until is None)):
        end_tenure(tx, each, now)
    if extension:
        # What ended at its very beginning is not there any more, so the extension may be nobody's again.
        known = tenures.search(extension=extension)
        theirs = any(each.person_id == person_id for each in tenures.search(person_id=person_id))
        since = now if known or theirs else None
        tenures.add(Tenure(person_id, extension, since))


def end_tenure(tx: Transaction, tenure: Tenure, now: datetime) -> None:
    """One that would end where it began goes: nobody had anything then."""
    assert tenure.id is not None
    if tenure.since is not None and tenure.since >= now:
        TenureStore(tx).remove(tenure.id)
    else:
        TenureStore(tx).end(tenure.id, now)
