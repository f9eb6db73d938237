"""A line, or every line, declared open or closed by hand, until a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Override:
    """ "Open now" or "closed now", [`starts_at`, `ends_at`), for `line` or, with "", for all. Of those that are for a
    line the latest declared that covers a moment counts. "calendar" leaves one line out of what was declared for all.
    """

    mode: str  # open | closed | calendar
    starts_at: datetime
    ends_at: datetime
    declared_by: str
    reason: str
    id: int | None = None
    line: str = ""

    def covers(self, moment: datetime) -> bool:
        return self.starts_at <= moment < self.ends_at
