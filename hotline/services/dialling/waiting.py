"""Approvals that somebody has asked for (A17)."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, may_ever
from hotline.services.waiting import Waiting
from hotline.storage.dialling.approvals import DialApprovalStore
from hotline.storage.transaction import Transaction


def _to_be_decided(tx: Transaction, actor: Actor, now: datetime) -> int:
    """By others than themselves, and not lapsed."""
    return DialApprovalStore(tx).waiting(actor.name, now) if may_ever(Act.DECIDE_DIALS, actor.roles) else 0


WAITING = Waiting(counts_at={"dial_approvals": _to_be_decided})
