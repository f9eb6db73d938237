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


def in_all(figures: Iterable[RatingFigures]) -> RatingFigures:
    return sum(figures, RatingFigures())
