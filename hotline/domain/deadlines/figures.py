"""How the deadlines of one clock were kept that were due within a time (docs/figures.md)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hotline.domain.shares import percent


class Keeping(StrEnum):
    KEPT = "kept"
    #: Done, after it was due.
    LATE = "late"
    #: Over, and not done.
    BROKEN = "broken"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class KeptFigures:
    kept: int = 0
    late: int = 0
    broken: int = 0
    waiting: int = 0

    @property
    def kept_percent(self) -> float | None:
        """Of those that are over or done; None of nothing."""
        over = self.kept + self.late + self.broken
        return percent(self.kept, over)
