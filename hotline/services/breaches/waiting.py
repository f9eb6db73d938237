"""Breaches of one's own that stand without one's word."""

from __future__ import annotations

from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, Tie, may
from hotline.services.staff.people import own_person
from hotline.services.waiting import Waiting
from hotline.storage.breaches.store import BreachStore
from hotline.storage.transaction import Transaction


def _unanswered(tx: Transaction, actor: Actor) -> int:
    own = own_person(tx, actor) if may(Act.ANSWER_BREACH, actor.roles, {Tie.OWNS}) else None
    return BreachStore(tx).unanswered(own.id) if own is not None and own.id is not None else 0


WAITING = Waiting({"breaches": _unanswered})
