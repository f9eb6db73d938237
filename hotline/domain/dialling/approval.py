"""A17: what is not dialled freely waits for a supervisor's approval, asked for beforehand and used once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hotline.domain.numbers import Number

#: The longest reason and note.
MAX_REASON = 500


class ApprovalState(StrEnum):
    WAITING = "waiting"
    GRANTED = "granted"
    REFUSED = "refused"
    USED = "used"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class DialApproval:
    """For one number, and for whoever asked. `granted` None: not decided yet. `expires_at`: what is granted is good
    until then; what nobody has decided by then is not decided any more. `used_at`: when it was dialled with."""

    number: Number
    line: str
    reason: str
    asked_by: str
    asked_at: datetime
    expires_at: datetime
    granted: bool | None = None
    decided_by: str = ""
    decided_at: datetime | None = None
    note: str = ""
    used_at: datetime | None = None
    id: int | None = None

    def state(self, now: datetime) -> ApprovalState:
        if self.granted is False:
            return ApprovalState.REFUSED
        if self.used_at is not None:
            return ApprovalState.USED
        if now >= self.expires_at:
            return ApprovalState.EXPIRED
        return ApprovalState.WAITING if self.granted is None else ApprovalState.GRANTED
