"""What waits to be read and accepted."""

from __future__ import annotations

from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, may_ever
from hotline.services.staff.people import own_person
from hotline.services.waiting import Waiting
from hotline.storage.handover.store import ShiftHandoverStore
from hotline.storage.transaction import Transaction


def _handed_over(tx: Transaction, actor: Actor) -> int:
    person = own_person(tx, actor) if may_ever(Act.HAND_OVER_SHIFT, actor.roles) else None
    return ShiftHandoverStore(tx).count_waiting(person.id) if person is not None and person.id is not None else 0


WAITING = Waiting({"handovers": _handed_over})
