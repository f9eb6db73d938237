"""The log of what was sent, what failed and why, for administrators; sending again, and trying a way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.errors import NotFound, Refused
from hotline.domain.notifications.notification import Delivery, DeliveryState, Gateway, Notification
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.services.access import require_right
from hotline.services.notifications.addresses import EVERYBODY
from hotline.services.notifications.notification_kinds import TEST
from hotline.services.notifications.notify import notify, notify_group
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.notifications.deliveries import DeliveryStore, GatewayStore
from hotline.storage.notifications.store import NotificationStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage

#: What somebody has to look at.
TROUBLE = (DeliveryState.FAILED, DeliveryState.UNSURE)


@dataclass(frozen=True, slots=True)
class SentLog:
    """`told`: the notifications by id; `names`: of persons by id; `groups`: those of the settings, which can be
    tried; `persons`: who can be."""

    deliveries: Sequence[Delivery]
    has_more: bool
    told: Mapping[int, Notification]
    names: Mapping[int, str]
    gateways: Sequence[Gateway]
    groups: Sequence[str]
    persons: Sequence[tuple[int, str]]


def sent_log(
    storage: Storage, settings: Settings, actor: Actor, states: Sequence[DeliveryState], limit: int, offset: int
) -> SentLog:
    """Newest first; of all states where none is named. Raises Forbidden."""
    require_right(Act.SEE_SENT_NOTIFICATIONS, actor)
    with storage.reading() as tx:
        found = DeliveryStore(tx).listed([each.value for each in states], None, limit + 1, offset)
        told = NotificationStore(tx).by_ids({each.notification_id for each in found})
        people = StaffStore(tx).all(active_only=False)
        names = {each.id or 0: each.name for each in people}
        persons = [(each.id or 0, each.name) for each in people if each.active]
        gateways = GatewayStore(tx).all()
    return SentLog(found[:limit], len(found) > limit, told, names, gateways, groups_of(settings), persons)


def groups_of(settings: Settings) -> list[str]:
    own = [name for name, group in settings.notices.groups.items() if group.urls]
    return [*([EVERYBODY] if settings.notices.urls else []), *own]


def send_again(storage: Storage, actor: Actor, delivery_id: int, now: datetime) -> None:
    """One that failed, or of which nobody knows whether it arrived. Raises Forbidden, NotFound, Refused."""
    require_right(Act.SEE_SENT_NOTIFICATIONS, actor)
    with storage.writing() as tx:
        found = DeliveryStore(tx).by_id(delivery_id)
        if found is None:
            raise NotFound("notifications.no_delivery", id=delivery_id)
        if not DeliveryStore(tx).again(delivery_id, now):
            raise Refused("notifications.not_ended")
        AuditLog(tx).add(now, actor.name, "notification.again", f"notification:{found.notification_id}", found.way)


def send_test(storage: Storage, settings: Settings, actor: Actor, person_id: int, group: str, now: datetime) -> None:
    """By all ways of this person, or of this group of addresses. Raises Forbidden, Refused."""
    require_right(Act.SEE_SENT_NOTIFICATIONS, actor)
    with storage.writing() as tx:
        if group:
            if group not in groups_of(settings):
                raise Refused("notifications.no_receiver", field="to")
            notify_group(tx, group, TEST, "", now, once=f"test:{now.isoformat()}", by=actor.display_name)
        elif not notify(tx, [person_id], TEST, "", now, by=actor.display_name):
            raise Refused("notifications.no_receiver", field="to")
        AuditLog(tx).add(now, actor.name, "notification.test", f"person:{person_id}" if not group else f"group:{group}")


def try_own(storage: Storage, actor: Actor, now: datetime) -> None:
    """A notification to oneself, by all ways that one has. Raises Refused for an account that is no person's."""
    with storage.writing() as tx:
        person = StaffStore(tx).person_of_user(actor.user_id) if actor.user_id is not None else None
        if person is None or not notify(tx, [person.id or 0], TEST, "", now, by=actor.display_name):
            raise Refused("notifications.no_person")
