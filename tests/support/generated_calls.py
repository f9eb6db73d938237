"""A year of calls with a known pattern: weekday, course of the day, month, holidays and make-up days; and chance."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from hotline.domain.calendar import DayKind, WorkCalendar
from hotline.domain.staffing.days import SLOTS

#: Of an ordinary working day's calls; Monday first.
WEEKDAYS = (1.25, 1.05, 1.0, 0.95, 0.85, 0.3, 0.2)
HOLIDAY = 0.15
MONTHS = (0.9, 0.8, 1.0, 1.0, 1.05, 1.25, 1.2, 1.15, 1.0, 0.95, 1.1, 0.95)


@dataclass(frozen=True)
class Pattern:
    """`daily`: calls of a working day of weight 1 in a month of factor 1."""

    calendar: WorkCalendar
    daily: float = 1200.0

    def expected(self, day: date) -> tuple[float, ...]:
        """A make-up day is worked as the working day beside it."""
        kind = self.calendar.day(day).kind
        if kind is DayKind.HOLIDAY:
            weight = HOLIDAY
        elif kind is DayKind.MAKEUP:
            weight = WEEKDAYS[0 if day.weekday() == 6 else 4]
        else:
            weight = WEEKDAYS[day.weekday()]
        size = self.daily * weight * MONTHS[day.month - 1]
        return tuple(size * share for share in _COURSE)

    def year(self, first: date, days: int, seed: int) -> Iterator[tuple[date, tuple[int, ...]]]:
        chance = random.Random(seed)
        for ago in range(days):
            day = first + timedelta(days=ago)
            yield day, tuple(_poisson(chance, each) for each in self.expected(day))


def _hump(slot: int, middle: float, width: float) -> float:
    return math.exp(-(((slot + 0.5) / 2 - middle) ** 2) / width)


_RAW = tuple(0.02 + _hump(slot, 10, 3) + 0.8 * _hump(slot, 15, 5) for slot in range(SLOTS))
_COURSE = tuple(each / sum(_RAW) for each in _RAW)


def _poisson(chance: random.Random, mean: float) -> int:
    if mean > 60:
        return max(0, round(chance.gauss(mean, math.sqrt(mean))))
    left, count = chance.random(), 0
    limit = math.exp(-mean)
    while left > limit:
        left *= chance.random()
        count += 1
    return count
