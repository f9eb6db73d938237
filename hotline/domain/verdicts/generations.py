"""Generations: the verdicts of a time judged anew beside the old ones, and which of them count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

#: Made as subjects become complete; it holds for all rules and all times that no other was put in force for.
FIRST = 1


class GenerationState(StrEnum):
    BUILDING = "building"
    IN_FORCE = "in_force"
    ABANDONED = "abandoned"


@dataclass(frozen=True, slots=True)
class Generation:
    """Of the days from `since` on to before `until` (None: open at that end) and of `rules`, () for all."""

    id: int
    state: GenerationState
    since: date | None
    until: date | None
    rules: tuple[str, ...]
    begun_at: datetime
    begun_by: str = ""
    in_force_at: datetime | None = None
    judged: int = 0

    def holds(self, rule: str, day: date) -> bool:
        within = (self.since is None or self.since <= day) and (self.until is None or day < self.until)
        return within and (not self.rules or rule in self.rules)

    def asks_the_same(self, since: date | None, until: date | None, rules: Sequence[str]) -> bool:
        return (self.since, self.until, self.rules) == (since, until, tuple(rules))


def in_force(generations: Iterable[Generation]) -> list[Generation]:
    """The newest first. The first one, which has no row, is not among them."""
    found = [each for each in generations if each.state is GenerationState.IN_FORCE]
    return sorted(found, key=lambda each: each.id, reverse=True)


def counting(newest_first: Sequence[Generation], rule: str, day: date) -> int:
    """Which generation counts for that rule on that day. `newest_first`: those in force."""
    return next((each.id for each in newest_first if each.holds(rule, day)), FIRST)
