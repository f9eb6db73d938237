"""What follows from scores by the regulation (F3, 《DCC KPI考核方案》). It speaks of teams and who leads them: a
person's own card has a band and no amount. Pure; nothing is deducted or paid by the system."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Band(StrEnum):
    """Where a score stands: from `award_from` on, at or below the three lines, or between."""

    AWARD = "award"
    USUAL = "usual"
    LOW = "low"
    BAD = "bad"
    WORST = "worst"


class Follows(StrEnum):
    AWARD = "award"  # for the team
    FINE_BAD = "fine_bad"  # for who leads it
    FINE_WORST = "fine_worst"
    LEADER_CHANGED = "leader_changed"  # three months low: changed, coached for a week, fined
    LASTING_LAST = "lasting_last"  # the managers above are dealt with
    FALSIFIED = "falsified"  # a score of 0, and handed to the company


@dataclass(frozen=True, slots=True)
class Consequence:
    """`yuan` 0: none is named."""

    follows: Follows
    yuan: int = 0


@dataclass(frozen=True, slots=True)
class Lines:
    """The regulation's figures. `awards`: of the best teams, the first first."""

    award_from: float
    awards: tuple[int, ...]
    low_at: float
    low_months: int
    low_fine: int
    bad_at: float
    bad_fine: int
    worst_at: float
    worst_fine: int
    last_months: int


@dataclass(frozen=True, slots=True)
class Standing:
    """A team's month. `place`: 1 for the best of `of` teams that have a score."""

    score: float | None
    place: int = 0
    of: int = 0
    falsified: bool = False

    @property
    def is_last(self) -> bool:
        """Where there is more than one."""
        return self.of > 1 and self.place == self.of


def band(score: float, lines: Lines) -> Band:
    if score >= lines.award_from:
        return Band.AWARD
    if score <= lines.worst_at:
        return Band.WORST
    if score <= lines.bad_at:
        return Band.BAD
    return Band.LOW if score <= lines.low_at else Band.USUAL


def standings(scores: Mapping[int, float | None], falsified: Sequence[int] = ()) -> dict[int, Standing]:
    """By team; those with equal scores share a place."""
    known = [each for each in scores.values() if each is not None]
    return {
        team: Standing(
            score, 1 + sum(each > score for each in known) if score is not None else 0, len(known), team in falsified
        )
        for team, score in scores.items()
    }


def of_team(months: Sequence[Standing], lines: Lines) -> list[Consequence]:
    """Of the last of these months, which follow each other, the oldest first; one that is missing stands there without
    a score."""
    now = months[-1]
    if now.score is None:
        return []
    found = [Consequence(Follows.FALSIFIED)] if now.falsified else []
    if now.score >= lines.award_from and 0 < now.place <= len(lines.awards):
        found.append(Consequence(Follows.AWARD, lines.awards[now.place - 1]))
    match band(now.score, lines):
        case Band.WORST:
            found.append(Consequence(Follows.FINE_WORST, lines.worst_fine))
        case Band.BAD:
            found.append(Consequence(Follows.FINE_BAD, lines.bad_fine))
    if _lasting(months, lines.low_months, lambda each: each.score is not None and each.score <= lines.low_at):
        found.append(Consequence(Follows.LEADER_CHANGED, lines.low_fine))
    if _lasting(months, lines.last_months, lambda each: each.is_last):
        found.append(Consequence(Follows.LASTING_LAST))
    return found


def _lasting(months: Sequence[Standing], wanted: int, so: Callable[[Standing], bool]) -> bool:
    last = months[-wanted:]
    return len(last) == wanted and all(so(each) for each in last)
