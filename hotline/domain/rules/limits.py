"""When the rate at which a rule is kept is too low, and whether the rule holds at all. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Mark(StrEnum):
    """What the kept rate of a rule comes to."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    #: It applied to nothing that could be judged.
    NONE = "none"
    #: Switched off: it counts neither as kept nor as broken.
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Limits:
    """`yellow`, `red`: percent; a kept rate below is marked so. `off`: why the rule is switched off, from the day
    `off_since` on; "" for one that holds."""

    yellow: float
    red: float
    off: str = ""
    off_since: date | None = None

    def is_off(self, day: date) -> bool:
        return self.off_since is not None and day >= self.off_since

    def mark(self, kept: int, applied: int) -> Mark:
        """By the counts themselves: a rate that is rounded up to the limit is still below it."""
        if not applied:
            return Mark.NONE
        if 100 * kept < self.red * applied:
            return Mark.RED
        return Mark.YELLOW if 100 * kept < self.yellow * applied else Mark.GREEN
