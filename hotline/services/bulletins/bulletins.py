"""The notice board: posted by who leads, read by whom it is for (F11)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from hotline.domain.bulletins.bulletin import Bulletin, require_fit
from hotline.domain.errors import Forbidden, NotFound, Refused
from hotline.domain.ids import is_id
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, Tie, may
from hotline.services.access import require_right
from hotline.services.bulletins.notification_kinds import BULLETIN_POSTED
from hotline.services.bulletins.readers import readers, units_of
from hotline.services.notifications.notify import notify
from hotline.services.staff.people import own_person, require_oneself
from hotline.storage.audit import AuditLog
from hotline.storage.bulletins.store import BulletinStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage, Transaction


def post(storage: Storage, new: Bulletin, actor: Actor, now: datetime) -> Bulletin:
    """Whoever it is for is told. Leaders post to the teams and departments that they lead, and to their people. Raises
    Forbidden, Refused."""
    require_right(Act.POST_BULLETINS, actor)
    bulletin = replace(new, posted_by=actor.name, posted_at=now)
    require_fit(bulletin, now)
    with storage.writing() as tx:
        _require_known(tx, bulletin)
        _require_led(tx, bulletin, actor, now)
        added = BulletinStore(tx).add(bulletin)
        told = [each.id for each in readers(tx, now).of(added) if each.id is not None]
        title = added.title.strip()
        notify(tx, told, BULLETIN_POSTED, f"bulletin:{added.id}", now, title=title, by=actor.display_name)
        AuditLog(tx).add(now, actor.name, "bulletin.post", f"bulletin:{added.id}", title)
    return added


def acknowledge(storage: Storage, bulletin_id: int, actor: Actor, now: datetime) -> None:
    """They have read it; once is enough. Raises Forbidden for who it is not for, NotFound."""
    with storage.writing() as tx:
        person = require_oneself(tx, actor)
        assert person.id is not None
        bulletin = bulletin_of(tx, bulletin_id)
        if bulletin.withdrawn or not bulletin.is_for(person.id, units_of(tx, person.id, now)):
            raise Forbidden("bulletins.not_for_you")
        if BulletinStore(tx).read(bulletin_id, person.id, now):
            AuditLog(tx).add(now, actor.name, "bulletin.read", f"bulletin:{bulletin_id}")


def withdraw(storage: Storage, bulletin_id: int, actor: Actor, now: datetime) -> None:
    """Nobody has to read it any more. Raises Forbidden, NotFound, Refused when it was withdrawn before."""
    with storage.writing() as tx:
        bulletin = bulletin_of(tx, bulletin_id)
        require_to_manage(bulletin, actor)
        if not BulletinStore(tx).withdraw(bulletin_id, actor.name, now):
            raise Refused("bulletins.withdrawn_already")
        AuditLog(tx).add(now, actor.name, "bulletin.withdraw", f"bulletin:{bulletin_id}")


def bulletin_of(tx: Transaction, bulletin_id: int) -> Bulletin:
    """Raises NotFound."""
    found = BulletinStore(tx).by_id(bulletin_id) if is_id(bulletin_id) else None
    if found is None:
        raise NotFound("bulletins.no_bulletin", id=bulletin_id)
    return found


def require_to_manage(bulletin: Bulletin, actor: Actor) -> None:
    """Who posted it, and who may post to everybody. Raises Forbidden."""
    if not manages(bulletin, actor):
        raise Forbidden("bulletins.not_yours")


def manages(bulletin: Bulletin, actor: Actor) -> bool:
    own = bulletin.posted_by == actor.name and may(Act.POST_BULLETINS, actor.roles, {Tie.LED})
    return own or may(Act.POST_BULLETINS, actor.roles)


def require_to_see(tx: Transaction, bulletin: Bulletin, actor: Actor, now: datetime) -> None:
    """Whom it is for, while it hangs there, and who manages it. Raises Forbidden."""
    person = own_person(tx, actor)
    theirs = (
        person is not None
        and person.id is not None
        and not bulletin.withdrawn
        and bulletin.is_for(person.id, units_of(tx, person.id, now))
    )
    if not theirs and not manages(bulletin, actor) and not may(Act.READ_BULLETINS, actor.roles):
        raise Forbidden("bulletins.not_for_you")


def _require_known(tx: Transaction, bulletin: Bulletin) -> None:
    staff = StaffStore(tx)
    known = all(staff.person(each) for each in bulletin.persons) and all(staff.unit(each) for each in bulletin.units)
    if not known:
        raise Refused("bulletins.unknown_reader", field="persons")


def _require_led(tx: Transaction, bulletin: Bulletin, actor: Actor, now: datetime) -> None:
    if may(Act.POST_BULLETINS, actor.roles):
        return
    led = led_units(tx, actor, now)
    members = {each.id for unit in led for each in StaffStore(tx).members_of(unit, now)}
    if bulletin.for_all or not bulletin.units <= led or not bulletin.persons <= members:
        raise Forbidden("accounts.not_of_your_people")


def led_units(tx: Transaction, actor: Actor, now: datetime) -> set[int]:
    """Teams and departments that they lead now."""
    person = own_person(tx, actor)
    return {unit for unit, leader in StaffStore(tx).leaders(now).items() if person and leader == person.id}
