"""Working time (A1): which seconds are open, by the week's hours, China's holidays and make-up days, and the
site's own list. Every day is one of Asia/Shanghai, whatever the zone of the moments that come in; moments go
out as UTC.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from hotline.domain.holidays import is_known_year, public_day
from hotline.domain.reasons import Reason, because
from hotline.domain.time import SHANGHAI, require_aware

#: How far ahead working time is looked for; more than any holiday, and a calendar without any ends there.
HORIZON_DAYS = 400
_DAY = timedelta(days=1)


class NoWorkingTime(ValueError):
    """The calendar has no working time within HORIZON_DAYS: nothing can fall due by it."""


@dataclass(frozen=True, slots=True)
class Hours:
    """[`start`, `end`) on one day, wall clock of Asia/Shanghai; an `end` of 00:00 is the day's end (24:00).

    Raises ValueError when it would run past midnight: that is two periods on two days.
    """

    start: time
    end: time

    def __post_init__(self) -> None:
        if self.end <= self.start and self.end != time.min:
            raise ValueError(f"hours must end after they start, got {self.start}-{self.end}")


@dataclass(frozen=True, slots=True)
class Interval:
    """[`starts_at`, `ends_at`), aware UTC."""

    starts_at: datetime
    ends_at: datetime


class DayKind(StrEnum):
    """Why a day has the hours it has."""

    ORDINARY = "ordinary"
    HOLIDAY = "holiday"
    MAKEUP = "makeup"
    SITE_CLOSED = "site_closed"
    SITE_OPEN = "site_open"


@dataclass(frozen=True, slots=True)
class Day:
    """One day's working periods, in order, and why. `name`: the holiday's, in Chinese.

    `known` is False when the year's holidays are not known and the day counts by its weekday alone.
    """

    date: date
    kind: DayKind
    hours: tuple[Hours, ...]
    name: str = ""
    known: bool = True


@dataclass(frozen=True, slots=True)
class Change:
    """The line opens or closes by the calendar."""

    at: datetime
    opens: bool


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """`week`: Monday's hours first. `makeup_day`: the hours of a worked weekend day. `closed`, `open` (with the hours
    of its weekday) and `makeup` (with those of a make-up day): own days, before all else. `covered_years`: years for
    which these are complete."""

    week: tuple[tuple[Hours, ...], ...]
    makeup_day: tuple[Hours, ...]
    closed: frozenset[date] = frozenset()
    open: frozenset[date] = frozenset()
    covered_years: frozenset[int] = frozenset()
    makeup: frozenset[date] = frozenset()
    #: Each day is worked out once: thousands of deadlines fall on the same few weeks.
    _periods: dict[date, tuple[Interval, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def day(self, day: date) -> Day:
        """What kind of day it is, with its working periods."""
        known = self.knows(day.year)
        usual = self.week[day.weekday()]
        if day in self.closed:
            return Day(day, DayKind.SITE_CLOSED, (), known=known)
        if day in self.makeup:
            return Day(day, DayKind.MAKEUP, self.makeup_day, known=known)
        if day in self.open:
            return Day(day, DayKind.SITE_OPEN, usual or self.makeup_day, known=known)
        ordered = public_day(day)
        if ordered is None:
            return Day(day, DayKind.ORDINARY, usual, known=known)
        if ordered.worked:
            return Day(day, DayKind.MAKEUP, self.makeup_day, ordered.name)
        return Day(day, DayKind.HOLIDAY, (), ordered.name)

    @property
    def has_hours(self) -> bool:
        """Whether any week has working time. Where none has, every week may still hold one of the site's own days."""
        return any(self.week)

    def knows(self, year: int) -> bool:
        """Whether this year's holidays are known, from the package or from the site's own list."""
        return is_known_year(year) or year in self.covered_years

    def is_working_day(self, day: date) -> bool:
        return bool(self.day(day).hours)

    def periods_of(self, day: date) -> tuple[Interval, ...]:
        """The day's working periods as moments, in order."""
        found = self._periods.get(day)
        if found is None:
            found = self._periods[day] = tuple(interval_of(day, hours) for hours in self.day(day).hours)
        return found

    def is_open(self, moment: datetime) -> bool:
        """Whether `moment` is working time: 09:00:00 is, 12:00:00 is not. Raises ValueError if naive."""
        return any(p.starts_at <= moment < p.ends_at for p in self.periods_of(local_day(moment)))

    def next_change(self, moment: datetime) -> Change | None:
        """The first opening or closing after `moment`; None when there is none within HORIZON_DAYS."""
        now_open = self.is_open(moment)
        period = next(self.periods_from(moment), None)
        if period is None:
            return None
        return Change(period.ends_at, opens=False) if now_open else Change(period.starts_at, opens=True)

    def periods_from(self, moment: datetime) -> Iterator[Interval]:
        """Working periods that end after `moment`, whole ones, joined where one begins as the last ends.

        Ends after HORIZON_DAYS; a period that reaches the horizon is left out, its end being unknown.
        """
        first = local_day(moment) - timedelta(days=1)
        joined: Interval | None = None
        for offset in range(HORIZON_DAYS + 1):
            for period in self.periods_of(first + timedelta(days=offset)):
                if joined and joined.ends_at == period.starts_at:
                    joined = Interval(joined.starts_at, period.ends_at)
                    continue
                if joined and joined.ends_at > moment:
                    yield joined
                joined = period
        horizon = first + timedelta(days=HORIZON_DAYS)
        if joined and joined.ends_at > moment and local_day(joined.ends_at) < horizon:
            yield joined

    def open_spans(self, since: datetime, until: datetime) -> list[Interval]:
        """Working time within [since, until), in order. Raises ValueError for naive moments."""
        days = _days(local_day(since), local_day(until))
        return [
            Interval(max(period.starts_at, since), min(period.ends_at, until))
            for day in days
            for period in self.periods_of(day)
            if period.starts_at < until and period.ends_at > since
        ]

    def closed_spans(self, since: datetime, until: datetime) -> list[Interval]:
        """All other time within [since, until)."""
        return subtract(Interval(since, until), self.open_spans(since, until)) if since < until else []

    def working_seconds_between(self, since: datetime, until: datetime) -> float:
        """Seconds of working time in [since, until); 0 when `until` is not after `since`."""
        spans = self.open_spans(since, until)
        return sum((span.ends_at - span.starts_at for span in spans), timedelta()).total_seconds()

    def add_working_time(self, start: datetime, amount: timedelta) -> datetime:
        """The moment when `amount` of working time has passed since `start`; `start` itself for none.

        30 minutes after 11:50 is 13:20. Raises ValueError for a negative amount, NoWorkingTime when the
        calendar never opens.
        """
        moment, left, idle_days = require_aware(start), _not_negative(amount), 0
        day = local_day(moment)
        while left:
            periods = self.periods_of(day)
            for period in periods:
                if period.ends_at <= moment:
                    continue
                begin = max(moment, period.starts_at)
                length = period.ends_at - begin
                if left <= length:
                    return begin + left
                left -= length
            idle_days = _idle_days(idle_days, periods, moment)
            day += _DAY
        return moment

    def subtract_working_time(self, end: datetime, amount: timedelta) -> datetime:
        """The latest moment with `amount` of working time from it to `end`; `end` itself for none. Raises as
        `add_working_time`."""
        moment, left, idle_days = require_aware(end), _not_negative(amount), 0
        day = local_day(moment)
        while left:
            periods = self.periods_of(day)
            for period in reversed(periods):
                if period.starts_at >= moment:
                    continue
                until = min(moment, period.ends_at)
                length = until - period.starts_at
                if left <= length:
                    return until - left
                left -= length
            idle_days = _idle_days(idle_days, periods, moment)
            day -= _DAY
        return moment

    def working_day_after(self, day: date, count: int = 1) -> date:
        """The `count`-th working day after `day`, not counting `day`. Raises NoWorkingTime if none comes."""
        for offset in range(1, HORIZON_DAYS + 7 * count):
            if self.is_working_day(day + timedelta(days=offset)):
                count -= 1
            if count <= 0:
                return day + timedelta(days=offset)
        raise NoWorkingTime(f"no working day within {HORIZON_DAYS} days of {day}")

    def end_of_working_days(self, start: datetime, count: int) -> datetime:
        """When the `count`-th working day after the day of `start` ends: "within three working days" (B5)."""
        return self.periods_of(self.working_day_after(local_day(start), count))[-1].ends_at

    def coverage_ends(self, today: date) -> date:
        """The last day known without a break from today; yesterday when this year is not known."""
        year = today.year
        while self.knows(year):
            year += 1
        return date(year, 1, 1) - timedelta(days=1) if year > today.year else today - timedelta(days=1)

    def coverage_warning(self, today: date, warn_days: int) -> Reason | None:
        """What to say when the holidays of a day within `warn_days` are not known; None when all are."""
        last = self.coverage_ends(today)
        if last >= today and (last - today).days >= warn_days:
            return None
        unknown = last + timedelta(days=1)
        year = unknown.year
        return because("line.holidays_unknown", year=year, day=unknown)


def local_day(moment: datetime) -> date:
    """The day of `moment` in Asia/Shanghai. Raises ValueError for a naive one."""
    return require_aware(moment).astimezone(SHANGHAI).date()


def subtract(whole: Interval, parts: list[Interval]) -> list[Interval]:
    """What is left of `whole` without `parts` (any order, overlapping or not)."""
    left, cursor = [], whole.starts_at
    for part in sorted(parts, key=lambda p: p.starts_at):
        if part.starts_at > cursor:
            left.append(Interval(cursor, min(part.starts_at, whole.ends_at)))
        cursor = max(cursor, part.ends_at)
        if cursor >= whole.ends_at:
            return left
    return [*left, Interval(cursor, whole.ends_at)]


def _not_negative(amount: timedelta) -> timedelta:
    if amount < timedelta():
        raise ValueError(f"an amount of working time that is not negative was expected, got {amount}")
    return amount


def _idle_days(before: int, periods: tuple[Interval, ...], moment: datetime) -> int:
    days = 0 if periods else before + 1
    if days > HORIZON_DAYS:
        raise NoWorkingTime(f"no working time within {HORIZON_DAYS} days of {moment:%Y-%m-%d}")
    return days


def interval_of(day: date, hours: Hours) -> Interval:
    ends_on = day if hours.end > hours.start else day + timedelta(days=1)
    return Interval(_at(day, hours.start), _at(ends_on, hours.end))


def _at(day: date, wall: time) -> datetime:
    return datetime.combine(day, wall, SHANGHAI).astimezone(UTC)


def _days(first: date, last: date) -> Iterator[date]:
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)
