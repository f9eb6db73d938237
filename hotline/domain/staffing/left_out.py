"""A day of the past that a supervisor named: it says nothing of days to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class LeftOutDay:
    """`line` "" is all lines."""

    line: str
    day: date
    why: str
    left_out_by: str
    left_out_at: datetime
    id: int | None = None
