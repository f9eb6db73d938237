"""Telling people: a row in the caller's transaction, which a job sends. What is rolled back was never told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.notifications.kind import NotificationKind
from hotline.domain.notifications.notification import NOBODY, Notification
from hotline.domain.outbox import OutboxEntry
from hotline.domain.reasons import PRIVATE, Value
from hotline.domain.staff.records import Person
from hotline.services import outbox_topics as topics
from hotline.services.staff.concerned import is_with_us
from hotline.storage.notifications.store import NotificationStore
from hotline.storage.outbox import Outbox
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Transaction


def notify(
    tx: Transaction,
    to: Iterable[int],
    kind: NotificationKind,
    object: str,
    now: datetime,
    *,
    once: str | None = None,
    **values: Value,
) -> int:
    """Tell these persons (ids), and the deputies of those who are away where something is to be done; how many were
    told. `object`: "<kind>:<key>", as the audit log names things: it is what the notification leads to. `once`: nobody
    is told twice under the same. Who is unknown, or not with us any more, is left out.

    Raises ValueError for a value that may tell who called or what somebody wrote: gateways are others' machines.
    """
    given = _checked(kind, values)
    told = 0
    for person, deputy_for in _receivers(tx, to, kind, now):
        assert person.id is not None
        row = Notification(person.id, kind.name, object, now, given, deputy_for=deputy_for, once=once)
        if NotificationStore(tx).add(row) is not None:
            told += 1
            ring_bell(tx, person, now)
    return told


@dataclass(frozen=True, slots=True)
class Telling:
    """One of many things of a kind that the same persons are told of. `but`: persons who are not told of this one."""

    object: str
    once: str | None
    values: Mapping[str, Value]
    but: frozenset[int] = frozenset()


def notify_of_many(
    tx: Transaction, to: Iterable[int], kind: NotificationKind, many: Sequence[Telling], now: datetime
) -> list[int]:
    """As `notify`, each of `many`: how many were told of it. Who is told is looked up once for all."""
    receivers = list(_receivers(tx, to, kind, now))
    counts: list[int] = []
    rung: set[int] = set()
    for each in many:
        told = 0
        for person, deputy_for in receivers:
            assert person.id is not None
            if person.id in each.but or deputy_for in each.but:
                continue
            values = _checked(kind, dict(each.values))
            row = Notification(person.id, kind.name, each.object, now, values, deputy_for=deputy_for, once=each.once)
            if NotificationStore(tx).add(row) is not None:
                told += 1
                rung.add(person.id)
        counts.append(told)
    for person, _deputy_for in receivers:
        if person.id in rung:
            ring_bell(tx, person, now)
    return counts


def notify_group(
    tx: Transaction, group: str, kind: NotificationKind, object: str, now: datetime, *, once: str, **values: Value
) -> bool:
    """Tell a group of addresses of the settings; False when it was told the same already."""
    row = Notification(NOBODY, kind.name, object, now, _checked(kind, values), address_group=group, once=once)
    return NotificationStore(tx).add(row) is not None


def ring_bell(tx: Transaction, person: Person, now: datetime) -> None:
    """How many are unread is another number now: their pages are told."""
    if person.user_id is not None:
        Outbox(tx).add([OutboxEntry(topics.NOTIFICATION, {"user_id": person.user_id}, now)])


def _checked(kind: NotificationKind, values: dict[str, Value]) -> dict[str, Value]:
    if private := sorted(PRIVATE & values.keys()):
        raise ValueError(f"a notification ({kind.name}) must not hold {', '.join(private)}")
    return values


def _receivers(
    tx: Transaction, to: Iterable[int], kind: NotificationKind, now: datetime
) -> Iterator[tuple[Person, int | None]]:
    """Each once, with whom they act for; who is meant themselves comes first."""
    staff = StaffStore(tx)
    known = (staff.person(each) for each in dict.fromkeys(to))
    meant = [person for person in known if person is not None and is_with_us(tx, person, now)]
    seen = {person.id for person in meant}
    yield from ((person, None) for person in meant)
    for person in meant if kind.to_do else ():
        deputy = staff.deputy_of(person.id or 0, now)
        if deputy is not None and deputy.id not in seen and is_with_us(tx, deputy, now):
            seen.add(deputy.id)
            yield deputy, person.id
