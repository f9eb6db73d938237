"""How a person wants to be told, chosen by themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.errors import NotFound, Refused
from hotline.domain.notifications.kind import Choice, NotificationKind
from hotline.domain.notifications.notification import Way
from hotline.domain.notifications.robots import robot_of
from hotline.domain.people import Actor
from hotline.domain.staff.records import Person
from hotline.services.notifications.kinds import kinds
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.notifications.choices import ChoiceStore, WayStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage, Transaction

#: Addresses of one person.
MOST_WAYS = 5


@dataclass(frozen=True, slots=True)
class Preferences:
    """`choices`: by kind, "" what holds for all. `person`: None for an account that is no person's."""

    person: Person | None
    has_mail: bool
    ways: Sequence[Way]
    kinds: Sequence[NotificationKind]
    choices: Mapping[str, Choice]


def preferences(storage: Storage, settings: Settings, actor: Actor) -> Preferences:
    with storage.reading() as tx:
        person = _person(tx, actor)
        known = tuple(kinds().values())
        if person is None:
            return Preferences(None, False, (), known, {})
        choices = {each.kind: each for each in ChoiceStore(tx).of(person.id or 0)}
        ways = WayStore(tx).of(person.id or 0)
        return Preferences(person, bool(settings.mail.host and person.email), ways, known, choices)


def choose(storage: Storage, actor: Actor, chosen: Sequence[Choice], now: datetime) -> None:
    """Keep these. Raises NotFound for an unknown kind, Refused where a rule demands that it is told."""
    with storage.writing() as tx:
        person_id = _require_person(tx, actor)
        for each in chosen:
            kind = kinds().get(each.kind)
            if kind is None and each.kind:
                raise NotFound("notifications.no_kind", kind=each.kind)
            if kind is not None and kind.demanded and (each.mail is False or each.chat is False or each.quiet):
                raise Refused("notifications.demanded", kind=each.kind)
            ChoiceStore(tx).keep(Choice(person_id, each.kind, each.mail, each.chat, each.quiet))
        AuditLog(tx).add(now, actor.name, "notification.choose", f"person:{person_id}")


def add_way(storage: Storage, actor: Actor, url: str, now: datetime) -> None:
    """One more address of their own: a robot of WeCom, DingTalk or Feishu. Others could make this machine call
    anything, and stand in the settings alone. Raises Refused."""
    robot = robot_of(url)
    if robot is None:
        raise Refused("notifications.no_robot", field="url")
    with storage.writing() as tx:
        person_id = _require_person(tx, actor)
        known = WayStore(tx).of(person_id)
        if len(known) >= MOST_WAYS:
            raise Refused("notifications.too_many_ways", field="url", most=MOST_WAYS)
        if any(each.url == robot.url for each in known):
            raise Refused("notifications.way_there", field="url")
        WayStore(tx).add(Way(person_id, robot.url, now, actor.name))
        AuditLog(tx).add(now, actor.name, "notification.way_add", f"person:{person_id}", robot.way)


def remove_way(storage: Storage, actor: Actor, way_id: int, now: datetime) -> None:
    """Raises NotFound for one that is not theirs."""
    with storage.writing() as tx:
        person_id = _require_person(tx, actor)
        if not WayStore(tx).remove(person_id, way_id):
            raise NotFound("notifications.no_way", id=way_id)
        AuditLog(tx).add(now, actor.name, "notification.way_remove", f"person:{person_id}")


def _person(tx: Transaction, actor: Actor) -> Person | None:
    return StaffStore(tx).person_of_user(actor.user_id) if actor.user_id is not None else None


def _require_person(tx: Transaction, actor: Actor) -> int:
    person = _person(tx, actor)
    if person is None or person.id is None:
        raise Refused("notifications.no_person")
    return person.id
