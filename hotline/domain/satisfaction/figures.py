"""Figures of ratings: how many were asked, answered and satisfied, and the mean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from hotline.domain.shares import percent


class RatingFigure(StrEnum):
    """What may be counted; each opens its calls."""

    OFFERED = "offered"
    ANSWERED = "answered"
    SATISFIED = "satisfied"
    LOW = "low"
    COMMENTED = "commented"


class By(StrEnum):
    """What the report is divided by."""

    LINE = "line"
    OPERATOR = "operator"
    CATEGORY = "category"


@dataclass(frozen=True, slots=True)
class RatingFigures:
    """`total`: of all answers, added up. Shares in percent and the mean are None where there is nothing to divide."""

    offered: int = 0
    answered: int = 0
    satisfied: int = 0
    low: int = 0
    commented: int = 0
    total: int = 0

    @property
    def mean(self) -> float | None:
        return round(self.total / self.answered, 2) if self.answered else None

    @property
    def answered_percent(self) -> float | None:
        """Of those who were asked (response rate)."""
        return percent(self.answered, self.offered)

    @property
    def satisfied_percent(self) -> float | None:
        """Of those who answered."""
        return percent(self.satisfied, self.answered)

    def __add__(self, other: RatingFigures) -> RatingFigures:
        return RatingFigures(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


@dataclass(frozen=True, slots=True)
class ReplyFigures:
    """What was answered to a questionnaire: `scored` of the replies have scales, `total` is the sum of their scores,
    `satisfied` how many of these are so. `rated`, `rated_total`, `rated_satisfied`: of them, those whose caller rated
    the very call too. `in_visits`: replies that a return visit brought."""

    replies: int = 0
    scored: int = 0
    total: float = 0.0
    satisfied: int = 0
    rated: int = 0
    rated_total: float = 0.0
    rated_satisfied: int = 0
    in_visits: int = 0

    @property
    def mean(self) -> float | None:
        return round(self.total / self.scored, 2) if self.scored else None

    @property
    def satisfied_percent(self) -> float | None:
        """Of those with scales."""
        return percent(self.satisfied, self.scored)


@dataclass(frozen=True, slots=True)
class Opinions:
    """All that customers said of us in figures: ratings of calls, and scores of questionnaires. Whoever rated a call
    and answered a questionnaire in it has said it once: the rating counts."""

    answered: int
    satisfied: int
    total: float

    @property
    def mean(self) -> float | None:
        return round(self.total / self.answered, 2) if self.answered else None

    @property
    def satisfied_percent(self) -> float | None:
        return percent(self.satisfied, self.answered)


def all_opinions(ratings: RatingFigures, questionnaires: Iterable[ReplyFigures]) -> Opinions:
    found = list(questionnaires)
    return Opinions(
        ratings.answered + sum(each.scored - each.rated for each in found),
        ratings.satisfied + sum(each.satisfied - each.rated_satisfied for each in found),
        ratings.total + sum(each.total - each.rated_total for each in found),
    )


def in_all(figures: Iterable[RatingFigures]) -> RatingFigures:
    return sum(figures, RatingFigures())
