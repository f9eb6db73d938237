"""How long something may take, and by which count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from hotline.domain.calendar import WorkCalendar, local_day
from hotline.domain.interval import Interval
from hotline.domain.time import SHANGHAI, midnight, require_aware


class Count(StrEnum):
    """Which time passes for a deadline."""

    PLAIN = "plain"
    WORKING = "working"


@dataclass(frozen=True, slots=True)
class Within:
    """Due when `amount` has passed: A9's 30 working minutes, D2's 24 hours. Raises ValueError unless it is more than
    nothing."""

    amount: timedelta
    count: Count

    def __post_init__(self) -> None:
        if self.amount <= timedelta():
            raise ValueError(f"a term of more than nothing was expected, got {self.amount}")

    def due(self, start: datetime, calendar: WorkCalendar) -> datetime:
        return later(start, self.amount, self.count, calendar)


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Due when the hours of the `days`-th working day after the first end, that one not counted: B5's three. Raises
    ValueError for less than one day."""

    days: int

    def __post_init__(self) -> None:
        _one_or_more(self.days)

    @property
    def count(self) -> Count:
        return Count.WORKING

    def due(self, start: datetime, calendar: WorkCalendar) -> datetime:
        if not calendar.has_hours:
            return CalendarDays(self.days).due(start, calendar)
        return calendar.end_of_working_days(start, self.days)


@dataclass(frozen=True, slots=True)
class NextWorkingDay:
    """B2: due `at` this time of the next working day, which is the first that begins after the start.

    What begins in the night to Tuesday is due on Tuesday: its working day has not begun. In Tuesday's lunch break or
    evening, on Wednesday; on Friday night, on Monday; before a holiday, on the first day back, make-up days counting
    as any working day. Where a day's hours begin so late that this time of it is over at the start, the day after
    counts."""

    at: time

    @property
    def count(self) -> Count:
        return Count.WORKING

    def due(self, start: datetime, calendar: WorkCalendar) -> datetime:
        day = local_day(start)
        begins = [period.starts_at for period in calendar.periods_of(day)]
        if begins and begins[0] > start and self._on(day) > start:
            return self._on(day)
        following = calendar.working_day_after(day) if calendar.has_hours else day + timedelta(days=1)
        return self._on(following)

    def _on(self, day: date) -> datetime:
        return require_aware(datetime.combine(day, self.at, SHANGHAI))


@dataclass(frozen=True, slots=True)
class CalendarDays:
    """Due when the `days`-th day after the first is over, that one not counted, whatever kind of day it is (G3). With
    `worked`, where nobody works on that day, when the next working day is over (E7). Raises ValueError for less than
    one day."""

    days: int
    worked: bool = False

    def __post_init__(self) -> None:
        _one_or_more(self.days)

    @property
    def count(self) -> Count:
        return Count.PLAIN

    def due(self, start: datetime, calendar: WorkCalendar) -> datetime:
        day = local_day(start) + timedelta(days=self.days)
        if self.worked and calendar.has_hours and not calendar.is_working_day(day):
            day = calendar.working_day_after(day)
        return midnight(day + timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Agreed:
    """Due at a moment that was promised (B6) or ordered (E6): it passes whatever happens."""

    at: datetime

    @property
    def count(self) -> Count:
        return Count.PLAIN

    def due(self, start: datetime, calendar: WorkCalendar) -> datetime:
        return require_aware(self.at)


Term = Within | WorkingDays | NextWorkingDay | CalendarDays | Agreed


def _one_or_more(days: int) -> None:
    if days < 1:
        raise ValueError(f"a term of one day or more was expected, got {days}")


def later(start: datetime, amount: timedelta, count: Count, calendar: WorkCalendar) -> datetime:
    """When `amount` of the time that counts has passed since `start`."""
    return calendar.add_working_time(start, amount) if _by_hours(count, calendar) else require_aware(start) + amount


def earlier(end: datetime, amount: timedelta, count: Count, calendar: WorkCalendar) -> datetime:
    """The latest moment with `amount` of the time that counts between it and `end`."""
    return calendar.subtract_working_time(end, amount) if _by_hours(count, calendar) else require_aware(end) - amount


def counted(since: datetime, until: datetime, count: Count, calendar: WorkCalendar) -> list[Interval]:
    """The time that counts within [since, until), in order."""
    if until <= since:
        return []
    return calendar.open_spans(since, until) if _by_hours(count, calendar) else [Interval(since, until)]


def passed(since: datetime, until: datetime, count: Count, calendar: WorkCalendar) -> timedelta:
    """How much of the time that counts lies within [since, until)."""
    if until <= since:
        return timedelta()
    return calendar.working_time_between(since, until) if _by_hours(count, calendar) else until - since


def _by_hours(count: Count, calendar: WorkCalendar) -> bool:
    # A site without working hours answers on the duty mobile at all times: there the clock on the wall counts.
    return count is Count.WORKING and calendar.has_hours
