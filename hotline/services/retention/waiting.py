"""Deletions that wait for a second person to agree."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, may_ever
from hotline.services.waiting import Waiting
from hotline.storage.retention.asked import AskedDeletionStore
from hotline.storage.transaction import Transaction


def _asked(tx: Transaction, actor: Actor, now: datetime) -> int:
    return AskedDeletionStore(tx).count_open(now, actor.name) if may_ever(Act.DELETE_EXPIRED, actor.roles) else 0


WAITING = Waiting(counts_at={"deletions": _asked})
