"""A15: an operator asks that a nuisance caller be blocked; a supervisor decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hotline.domain.numbers import Number


class Decision(StrEnum):
    APPROVED = "approved"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class BlockRequest:
    """`node` and `linkedid`: the call that gave the reason. `expires_at` None: until lifted."""

    number: Number
    reason: str
    asked_by: str
    asked_at: datetime
    expires_at: datetime | None = None
    node: str = ""
    linkedid: str = ""
    decision: Decision | None = None
    decided_by: str = ""
    decided_at: datetime | None = None
    note: str = ""
    id: int | None = None


def block_ends_at(request: BlockRequest, decided_at: datetime) -> datetime | None:
    """A block lasts as long as was asked for, from the decision on: a supervisor who is slow shortens nothing."""
    return None if request.expires_at is None else decided_at + (request.expires_at - request.asked_at)
