"""What waits of verdicts: contests for who decides them."""

from __future__ import annotations

from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, may_ever
from hotline.services.verdicts.contests import own_person_id
from hotline.services.waiting import Waiting
from hotline.storage.transaction import Transaction
from hotline.storage.verdicts.contests import ContestStore


def _contests(tx: Transaction, actor: Actor) -> int:
    """Open ones of verdicts on others."""
    if not may_ever(Act.DECIDE_CONTEST, actor.roles):
        return 0
    return ContestStore(tx).waiting(own_person_id(tx, actor) or 0)


WAITING = Waiting({"verdict_contests": _contests})
