"""Working time walked through day by day, however far it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from hotline.domain.interval import Interval
from hotline.domain.time import SHANGHAI

#: How far ahead working time is looked for; more than any holiday, and a calendar without any ends there.
HORIZON_DAYS = 400
_DAY = timedelta(days=1)

#: A calendar's working periods of a day, in order.
PeriodsOf = Callable[[date], Sequence[Interval]]


class NoWorkingTime(ValueError):
    """The calendar has no working time within HORIZON_DAYS: nothing can fall due by it."""


def walk(periods_of: PeriodsOf, start: datetime, amount: timedelta) -> datetime:
    """The first moment (UTC) with `amount`, more than nothing, since `start`. Raises NoWorkingTime."""
    left, idle_days, day = amount, 0, start.astimezone(SHANGHAI).date()
    while True:
        periods = periods_of(day)
        for period in periods:
            if period.ends_at <= start:
                continue
            begin = max(start, period.starts_at)
            lasts = period.ends_at - begin
            if left <= lasts:
                return begin + left
            left -= lasts
        idle_days = _idle_days(idle_days, periods, start)
        day += _DAY


def walk_back(periods_of: PeriodsOf, end: datetime, amount: timedelta) -> datetime:
    """The last moment with `amount`, more than nothing, until `end`. Raises NoWorkingTime."""
    left, idle_days, day = amount, 0, end.astimezone(SHANGHAI).date()
    while True:
        periods = periods_of(day)
        for period in reversed(periods):
            if period.starts_at >= end:
                continue
            until = min(end, period.ends_at)
            lasts = until - period.starts_at
            if left <= lasts:
                return until - left
            left -= lasts
        idle_days = _idle_days(idle_days, periods, end)
        day -= _DAY


def _idle_days(before: int, periods: Sequence[Interval], moment: datetime) -> int:
    days = 0 if periods else before + 1
    if days > HORIZON_DAYS:
        raise NoWorkingTime(f"no working time within {HORIZON_DAYS} days of {moment:%Y-%m-%d}")
    return days
