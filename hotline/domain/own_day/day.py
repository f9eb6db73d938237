"""One person's day, as they begin it and come back to it between two calls."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hotline.domain.interval import Interval


class OwnFigure(StrEnum):
    """What is counted, in the order in which it is shown."""

    CALLS = "calls"
    RECORDS = "records"
    CALLBACKS = "callbacks"
    CASES = "cases"
    VISITS = "visits"
    PROMISES = "promises"
    RATINGS = "ratings"
    SCORES = "scores"
    RESULTS = "results"
    NOTICES = "notices"
    BULLETINS = "bulletins"
    TRAININGS = "trainings"


@dataclass(frozen=True, slots=True)
class OwnCount:
    """`late`: those of them that should have been done. `mean`: of the ratings, in 1 to 5, or of the scores, of 100;
    `seconds`: of talk; None where there is nothing to take it of."""

    count: int
    late: int = 0
    mean: float | None = None
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class OwnShift:
    """`kind`: an id of the settings' kinds. `duty`: with the duty mobile."""

    span: Interval
    kind: str
    duty: bool
