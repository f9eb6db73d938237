"""Visits that somebody has to make."""

from __future__ import annotations

from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, Tie, may
from hotline.services.waiting import Waiting
from hotline.storage.transaction import Transaction
from hotline.storage.visits.store import VisitStore


def _theirs(tx: Transaction, actor: Actor) -> int:
    """All their open ones."""
    return VisitStore(tx).waiting(actor.name) if may(Act.MAKE_VISIT, actor.roles, {Tie.OWNS}) else 0


WAITING = Waiting({"visits": _theirs})
