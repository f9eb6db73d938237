"""The line declared open or closed by hand, until a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Override:
    """ "Open now" or "closed now", [`starts_at`, `ends_at`); the latest declared that covers a moment counts."""

    mode: str  # open | closed
    starts_at: datetime
    ends_at: datetime
    declared_by: str
    reason: str
    id: int | None = None
