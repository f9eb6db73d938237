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
from hotline.domain.interval import Interval, length, subtract
from hotline.domain.reasons import Reason, because
from hotline.domain.time import SHANGHAI, require_aware
from hotline.domain.walked import HORIZON_DAYS, NoWorkingTime, walk, walk_back
from hotline.domain.worked import WorkedTime


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
    _worked: WorkedTime = field(init=False, repr=False, compare=False)
    #: Whether any week has working time. Where none has, every week may still hold one of the site's own days.
    has_hours: bool = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "has_hours", any(self.week))
        object.__setattr__(self, "_worked", WorkedTime(self.periods_of))

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

    def working_time_between(self, since: datetime, until: datetime) -> timedelta:
        """Working time in [since, until); none when `until` is not after `since`."""
        begin, end = require_aware(since), require_aware(until)
        if end <= begin:
            return timedelta()
        looked_up = self._worked.between(begin, end)
        return length(self.open_spans(begin, end)) if looked_up is None else looked_up

    def working_seconds_between(self, since: datetime, until: datetime) -> float:
        return self.working_time_between(since, until).total_seconds()

    def add_working_time(self, start: datetime, amount: timedelta) -> datetime:
        """The moment when `amount` of working time has passed since `start`; `start` itself for none.

        30 minutes after 11:50 is 13:20. Raises ValueError for a negative amount, NoWorkingTime when the
        calendar never opens.
        """
        moment = require_aware(start)
        if not _not_negative(amount):
            return moment
        return self._worked.after(moment, amount) or walk(self.periods_of, moment, amount)

    def subtract_working_time(self, end: datetime, amount: timedelta) -> datetime:
        """The latest moment with `amount` of working time from it to `end`; `end` itself for none. Raises as
        `add_working_time`."""
        moment = require_aware(end)
        if not _not_negative(amount):
            return moment
        return self._worked.before(moment, amount) or walk_back(self.periods_of, moment, amount)

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


def _not_negative(amount: timedelta) -> timedelta:
    if amount < timedelta():
        raise ValueError(f"an amount of working time that is not negative was expected, got {amount}")
    return amount


def interval_of(day: date, hours: Hours) -> Interval:
    ends_on = day if hours.end > hours.start else day + timedelta(days=1)
    return Interval(_at(day, hours.start), _at(ends_on, hours.end))


def _at(day: date, wall: time) -> datetime:
    return datetime.combine(day, wall, SHANGHAI).astimezone(UTC)


def _days(first: date, last: date) -> Iterator[date]:
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)
