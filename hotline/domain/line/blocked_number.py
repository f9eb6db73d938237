"""A number that is turned away (A15)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hotline.domain.numbers import Number


@dataclass(frozen=True, slots=True)
class BlockedNumber:
    """A nuisance caller (A15). No `expires_at`: until lifted. `lifted_at`: since then the caller gets through."""

    number: Number
    reason: str
    blocked_by: str
    created_at: datetime
    expires_at: datetime | None = None
    id: int | None = None
    lifted_at: datetime | None = None

    def holds(self, now: datetime) -> bool:
        """Whether the caller is turned away now."""
        return self.lifted_at is None and (self.expires_at is None or self.expires_at > now)
