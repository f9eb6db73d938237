"""What a person finds on their page, and the number at the bell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.errors import NotFound
from hotline.domain.notifications.notification import Notification
from hotline.domain.staff.records import Person
from hotline.services.notifications.notify import ring_bell
from hotline.storage.notifications.store import NotificationStore
from hotline.storage.outbox import Outbox
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage, Transaction


@dataclass(frozen=True, slots=True)
class Inbox:
    """`has_more`: another page follows. `meant`: by the id of an absent person in whose place something was told, who
    that is."""

    unread: int
    shown: Sequence[Notification]
    has_more: bool
    meant: dict[int, str]


def inbox(storage: Storage, user_id: int, kind: str, unread: bool, limit: int, offset: int) -> Inbox:
    """Newest first; empty for an account that is no person's. `kind`: "" for all; `unread`: only those."""
    with storage.reading() as tx:
        person = StaffStore(tx).person_of_user(user_id)
        if person is None:
            return Inbox(0, (), False, {})
        store = NotificationStore(tx)
        found = store.of_person(person.id or 0, kind, unread, limit + 1, offset)
        return Inbox(store.unread(person.id or 0), found[:limit], len(found) > limit, _meant(tx, found))


def unread_of_user(tx: Transaction, user_id: int) -> int:
    """0 for an account that is no person's."""
    return NotificationStore(tx).unread_of_user(user_id)


def unread_count(storage: Storage, user_id: int) -> int:
    return unread_until(storage, user_id)[0]


def unread_until(storage: Storage, user_id: int) -> tuple[int, int]:
    """How many are unread, and the id of the last that was to be pushed by then: whoever is told from there on misses
    nothing."""
    with storage.reading() as tx:
        return unread_of_user(tx, user_id), Outbox(tx).last_id()


def own(storage: Storage, user_id: int, notification_id: int) -> Notification:
    """Raises NotFound for one that is not theirs."""
    with storage.reading() as tx:
        return _own(tx, user_id, notification_id)[1]


def read_one(storage: Storage, user_id: int, notification_id: int, now: datetime) -> Notification:
    """Mark it as read. Raises NotFound for one that is not theirs."""
    with storage.writing() as tx:
        person, found = _own(tx, user_id, notification_id)
        if NotificationStore(tx).read(person.id or 0, now, 0, only=notification_id):
            ring_bell(tx, person, now)
        return found


def read_all(storage: Storage, user_id: int, up_to: int, now: datetime) -> int:
    """Mark as read what they have seen: all up to this id, so that none that came meanwhile is; how many."""
    with storage.writing() as tx:
        person = StaffStore(tx).person_of_user(user_id)
        read = NotificationStore(tx).read(person.id or 0, now, up_to) if person else 0
        if person and read:
            ring_bell(tx, person, now)
        return read


def _own(tx: Transaction, user_id: int, notification_id: int) -> tuple[Person, Notification]:
    person = StaffStore(tx).person_of_user(user_id)
    found = NotificationStore(tx).by_ids([notification_id]).get(notification_id) if person else None
    if person is None or found is None or found.person_id != person.id:
        raise NotFound("notifications.none", id=notification_id)
    return person, found


def _meant(tx: Transaction, found: Sequence[Notification]) -> dict[int, str]:
    ids = {each.deputy_for for each in found if each.deputy_for is not None}
    persons = {each: StaffStore(tx).person(each) for each in ids}
    return {each: person.name for each, person in persons.items() if person is not None}
