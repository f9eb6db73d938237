"""How a dial ended: written once, and told to what it was for in the same transaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from hotline.domain.dialling.dial import Dial, DialOutcome
from hotline.domain.dialling.next_try import NOT_A_TRY
from hotline.services.dialled import dialled_kinds
from hotline.services.dialling.told import tell
from hotline.settings import Settings
from hotline.storage.dialling.approvals import DialApprovalStore
from hotline.storage.dialling.store import DialStore
from hotline.storage.transaction import Transaction


def settle(
    tx: Transaction, settings: Settings, dial: Dial, outcome: DialOutcome, ended_at: datetime, now: datetime
) -> bool:
    """`dial` with its other moments as they are known now. False when it was settled before: then nothing follows."""
    if dial.id is None:
        return False
    known = {"ringing_at": dial.ringing_at, "answered_at": dial.answered_at, "seconds": dial.seconds}
    ended = DialStore(tx).settle(dial.id, outcome, ended_at, **known)
    if ended is None:
        return False
    tell(tx, dial, now)
    if outcome in NOT_A_TRY and dial.ringing_at is None:
        DialApprovalStore(tx).give_back(dial.number, dial.user, dial.asked_at)
    kind = dialled_kinds().get(dial.object_kind)
    if kind is not None:
        kind.ended(tx, settings, replace(dial, outcome=ended, ended_at=ended_at), now)
    return True
