"""Our own people: found, looked at, added without an account, changed; one's own addresses."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hotline.domain import pinyin
from hotline.domain.errors import NotFound, Outdated
from hotline.domain.ids import is_id
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, may
from hotline.domain.staff.records import Absence, Membership, Person, Team, Tenure
from hotline.services.looks import note_look
from hotline.services.staff.fields import checked_person
from hotline.services.staff.rights import require_to_change, require_to_read
from hotline.services.staff.view import Everybody, Named, PersonView, everybody, person_view
from hotline.storage.accounts.users import UserStore
from hotline.storage.audit import AuditLog
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage, Transaction

#: What an administrator writes; the name of who has an account is the account's.
WRITTEN = ("name", "email", "mobile", "language", "active")
#: What everybody writes of themselves.
OWN = ("email", "mobile", "language")


@dataclass(frozen=True, slots=True)
class SeenPerson:
    """With all that ever was: `tenures`, `memberships` and `absences`, the first first. `username`: of their account;
    `colleagues`: who could act for them; `units` by id."""

    view: PersonView
    person: Person
    username: str
    tenures: Sequence[Tenure]
    absences: Sequence[Absence]
    memberships: Sequence[Membership]
    units: Mapping[int, Team]
    names: Mapping[int, str]
    colleagues: Sequence[Named]


def find_people(storage: Storage, q: str, actor: Actor, now: datetime, inactive_too: bool = False) -> list[PersonView]:
    """Whose name, pinyin, extension, team or department has these words, by name. Who does not manage sees neither
    addresses nor who has left (A14)."""
    with storage.reading() as tx:
        known = everybody(tx, now)
    left_too = inactive_too and may(Act.SEE_STAFF, actor.roles)
    shown = [person_view(known, each, actor, now) for each in known.people.values() if left_too or each.active]
    words = q.casefold().split()
    note_look(storage, actor, now, "people.view", "people", q)
    found = (each for each in shown if all(_has(each, word) for word in words))
    return sorted(found, key=lambda each: (each.name, each.id))


def see_person(storage: Storage, person_id: int, actor: Actor, now: datetime) -> SeenPerson:
    """For who manages. Raises Forbidden, NotFound."""
    require_to_read(actor)
    with storage.reading() as tx:
        seen = _seen(tx, person_of(tx, person_id), actor, now)
    note_look(storage, actor, now, "person.view", f"person:{person_id}")
    return seen


def see_oneself(storage: Storage, actor: Actor, now: datetime) -> SeenPerson | None:
    """None for a program, and for an account of which nobody is known."""
    with storage.reading() as tx:
        person = own_person(tx, actor)
        return _seen(tx, person, actor, now, own=True) if person else None


def add_person(storage: Storage, new: Person, actor: Actor, now: datetime) -> Person:
    """Somebody without an account. Raises Forbidden, Refused."""
    require_to_change(actor)
    person = dataclasses.replace(checked_person(new), id=None, user_id=None, version=1)
    with storage.writing() as tx:
        added = StaffStore(tx).add_person(dataclasses.replace(person, updated_at=now, updated_by=actor.name))
        AuditLog(tx).add(now, actor.name, "person.add", f"person:{added.id}", added.name)
    return added


def change_person(
    storage: Storage, person_id: int, version: int, changes: Mapping[str, object], actor: Actor, now: datetime
) -> Person:
    """Write `changes` (fields of WRITTEN). Raises Forbidden, NotFound, Refused, Outdated if somebody was faster."""
    require_to_change(actor)
    with storage.writing() as tx:
        old = person_of(tx, person_id)
        kept = ("name", "active") if old.user_id is not None else ()
        return write_person(tx, old, version, {name: changes[name] for name in changes if name not in kept}, actor, now)


def change_oneself(
    storage: Storage, version: int, changes: Mapping[str, object], actor: Actor, now: datetime
) -> Person:
    """Write `changes` (fields of OWN). Raises NotFound, Refused, Outdated."""
    with storage.writing() as tx:
        person = require_oneself(tx, actor)
        return write_person(tx, person, version, {name: changes[name] for name in OWN if name in changes}, actor, now)


def person_of(tx: Transaction, person_id: int) -> Person:
    """Raises NotFound."""
    found = StaffStore(tx).person(person_id) if is_id(person_id) else None
    if found is None:
        raise NotFound("staff.no_person", id=person_id)
    return found


def own_person(tx: Transaction, actor: Actor) -> Person | None:
    return StaffStore(tx).person_of_user(actor.user_id) if actor.user_id is not None else None


def require_oneself(tx: Transaction, actor: Actor) -> Person:
    """Raises NotFound."""
    person = own_person(tx, actor)
    if person is None:
        raise NotFound("staff.nobody")
    return person


def write_person(
    tx: Transaction, old: Person, version: int, changes: Mapping[str, Any], actor: Actor, now: datetime
) -> Person:
    """`old` with `changes`, in the caller's transaction, who has looked at the right. Raises Refused, Outdated."""
    if old.version != version:
        raise Outdated("staff.changed_meanwhile")
    new = checked_person(dataclasses.replace(old, **changes))
    changed = [name for name in WRITTEN if getattr(new, name) != getattr(old, name)]
    if not changed:
        return old
    new = dataclasses.replace(new, version=version + 1, updated_at=now, updated_by=actor.name)
    if not StaffStore(tx).update_person(new, version):
        raise Outdated("staff.changed_meanwhile")
    AuditLog(tx).add(now, actor.name, "person.change", f"person:{old.id}", ", ".join(changed))
    return new


def _seen(tx: Transaction, person: Person, actor: Actor, now: datetime, own: bool = False) -> SeenPerson:
    known = everybody(tx, now)
    account = UserStore(tx).by_id(person.user_id) if person.user_id is not None else None
    return SeenPerson(
        view=person_view(known, person, actor, now, own),
        person=person,
        username=account.username if account else "",
        tenures=[each for each in known.tenures if each.person_id == person.id],
        absences=[each for each in known.absences if each.person_id == person.id],
        memberships=[each for each in known.memberships if each.person_id == person.id],
        units=known.units,
        names={person_id: each.name for person_id, each in known.people.items()},
        colleagues=_colleagues(known, person),
    )


def _colleagues(known: Everybody, person: Person) -> list[Named]:
    others = (each for each in known.people.values() if each.active and each.id != person.id)
    return [Named(id=each.id or 0, name=each.name) for each in sorted(others, key=lambda each: each.name)]


def _has(person: PersonView, word: str) -> bool:
    names = (person.name, *(each.name for each in person.teams), person.department.name if person.department else "")
    return (
        person.extension.startswith(word)
        or any(word in each.casefold() for each in names)
        or any(each and pinyin.fit(each, word) for each in names)
    )
