"""By which ways each notification goes out, and from when on: one row a way."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from hotline.domain.notifications.kind import NotificationKind, chosen, goes_by
from hotline.domain.notifications.notification import Delivery, Notification
from hotline.domain.staff.records import Person
from hotline.services.notifications.addresses import Target, targets_of_group, targets_of_person
from hotline.services.notifications.kinds import kind_of
from hotline.services.staff.concerned import is_with_us
from hotline.settings import Settings
from hotline.storage.notifications.choices import ChoiceStore
from hotline.storage.notifications.deliveries import DeliveryStore
from hotline.storage.notifications.store import NotificationStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage, Transaction

_AT_ONCE = 200


def spread(storage: Storage, settings: Settings, now: datetime) -> int:
    """All that wait for it; how many there were."""
    with storage.reading() as tx:
        if not NotificationStore(tx).to_spread(1):
            return 0
    with storage.writing() as tx:
        waiting = NotificationStore(tx).to_spread(_AT_ONCE)
        for each in waiting:
            if NotificationStore(tx).spread(each.id or 0, now):
                _spread(tx, settings, each, now)
    return len(waiting)


def _spread(tx: Transaction, settings: Settings, told: Notification, now: datetime) -> None:
    kind = kind_of(told.kind)
    if told.address_group:
        targets: Iterable[Target] = targets_of_group(settings, told.address_group)
        begins = now
    else:
        person = StaffStore(tx).person(told.person_id)
        if person is None or not is_with_us(tx, person, now):
            return
        targets, begins = _wanted(tx, settings, person, kind, now)
    for target in targets:
        due_at = _after_the_last(tx, settings, told, kind, target, begins)
        way, gateway = target.way, target.gateway
        to_go = Delivery(
            told.id or 0, told.person_id, told.address_group, told.kind, way, target.target, gateway, due_at
        )
        DeliveryStore(tx).add(to_go)


def _wanted(
    tx: Transaction, settings: Settings, person: Person, kind: NotificationKind, now: datetime
) -> tuple[list[Target], datetime]:
    """By which ways this person wants to be told, and from when on."""
    choice = chosen(kind, ChoiceStore(tx).of(person.id or 0))
    known = targets_of_person(tx, settings, person.id or 0, person.email)
    wanted = [each for each in known if goes_by(choice, each.way)]
    return wanted, (choice.quiet.end(now) if choice.quiet else None) or now


def _after_the_last(
    tx: Transaction, settings: Settings, told: Notification, kind: NotificationKind, target: Target, begins: datetime
) -> datetime:
    """What comes soon after another of its kind waits, so that many become one; what a rule demands does not."""
    if kind.demanded:
        return begins
    last = DeliveryStore(tx).last_out(told.person_id, told.address_group, told.kind, target.target)
    return max(begins, last + timedelta(minutes=settings.notices.group_minutes)) if last else begins
