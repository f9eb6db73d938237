"""What somebody has still to read."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, may_ever
from hotline.services.bulletins.readers import units_of
from hotline.services.staff.people import own_person
from hotline.services.waiting import Waiting
from hotline.storage.bulletins.store import BulletinStore
from hotline.storage.transaction import Transaction


def _unread(tx: Transaction, actor: Actor, now: datetime) -> int:
    person = own_person(tx, actor) if may_ever(Act.READ_BULLETINS, actor.roles) else None
    if person is None or person.id is None:
        return 0
    return BulletinStore(tx).count_unread(person.id, units_of(tx, person.id, now))


WAITING = Waiting(counts_at={"bulletins": _unread})
