"""Deletions that one person asks for and another one has to agree to (E2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class AskedDeletion:
    """`recordings`: ids of those that were due when it was asked, which are all that goes. `agreed` None: nobody has
    answered yet."""

    recordings: tuple[int, ...]
    reason: str
    asked_by: str
    asked_at: datetime
    agreed: bool | None = None
    answered_by: str = ""
    answered_at: datetime | None = None
    id: int | None = None
