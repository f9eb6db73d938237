"""What became of what we owe (docs/figures.md): callbacks (A9), answers (B5), promises (B6)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hotline.domain.shares import percent


class OwedFigure(StrEnum):
    """Of the callbacks that became owed within a time. A call of ours is the first try, or the close without one."""

    OWED = "owed"
    #: We called before it was due.
    IN_TIME = "in_time"
    #: We called later, or have not yet and it is over.
    LATE = "late"
    #: Nobody has called, and there is time.
    WAITING = "waiting"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class OwedFigures:
    """How many there are of each. `first_seconds`: on average from when it was owed until we called first;
    `closing_seconds`: until it was closed, of those that are; None of nothing."""

    owed: int = 0
    in_time: int = 0
    late: int = 0
    waiting: int = 0
    closed: int = 0
    first_seconds: float | None = None
    closing_seconds: float | None = None

    @property
    def closed_percent(self) -> float | None:
        """The rate of missed calls that are done with (漏接回拨率)."""
        return percent(self.closed, self.owed)

    @property
    def in_time_percent(self) -> float | None:
        """Of those of which it is decided."""
        return percent(self.in_time, self.in_time + self.late)
