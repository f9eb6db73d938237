"""Explanations that wait for a decision."""

from __future__ import annotations

from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, may_ever
from hotline.services.waiting import Waiting
from hotline.storage.adherence.store import MissedStartStore
from hotline.storage.transaction import Transaction


def _undecided(tx: Transaction, actor: Actor) -> int:
    return MissedStartStore(tx).undecided() if may_ever(Act.DECIDE_MISSED_START, actor.roles) else 0


WAITING = Waiting({"missed_starts": _undecided})
