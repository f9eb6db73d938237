"""A month of the duty roster as a calendar shows it: whole weeks, Monday first, each day with who keeps the mobile."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hotline.domain.calendar import Day, WorkCalendar
from hotline.domain.interval import Interval
from hotline.domain.line import roster
from hotline.domain.line.roster import Gap, Shift
from hotline.domain.months import monday_of, next_month
from hotline.domain.time import midnight


@dataclass(frozen=True, slots=True)
class DayShift:
    """The part of a shift that lies on one day. `person_place` tells people apart by colour: 0 for the first."""

    shift: Shift
    span: Interval
    person_place: int

    @property
    def whole_day(self) -> bool:
        return self.span.ends_at - self.span.starts_at >= timedelta(days=1)


@dataclass(frozen=True, slots=True)
class RosterDay:
    """`gaps`: time outside a line's working hours without anybody (A16). `standing`: such time without a shift, in
    which those are rung who are always on duty. `overlapping`: two have the same time."""

    date: date
    day: Day
    in_month: bool
    shifts: tuple[DayShift, ...]
    gaps: tuple[Gap, ...]
    standing: tuple[Gap, ...]
    overlapping: bool


def month_bounds(first: date) -> tuple[datetime, datetime]:
    """From the first to the last moment of the weeks that this month touches."""
    since = monday_of(first.replace(day=1))
    last = next_month(first) - timedelta(days=1)
    return midnight(since), midnight(last + timedelta(days=7 - last.weekday()))


def weeks(
    first: date,
    shifts: Sequence[Shift],
    calendar: WorkCalendar,
    lines: Mapping[str, WorkCalendar] | None = None,
    always: Collection[str] = (),
) -> list[tuple[RosterDay, ...]]:
    """The weeks of this month. `shifts`: all that overlap `month_bounds`. `calendar` says what kind of day each is;
    `lines`, by their own, when somebody must be on duty for whom: without it one line that goes by `calendar`.
    `always`: the lines for which somebody is always on duty."""
    since, until = month_bounds(first)
    unplanned = roster.by_line(
        {
            line: roster.gaps(roster.of_line(shifts, line), own, since, until)
            for line, own in (lines or {"": calendar}).items()
        }
    )
    gaps, standing = roster.parted(unplanned, always)
    double = [Interval(overlap.starts_at, overlap.ends_at) for overlap in roster.overlaps(shifts)]
    people = {person: place for place, person in enumerate(sorted({shift.person for shift in shifts}))}
    days = [_day(span, first, shifts, calendar, (gaps, standing), double, people) for span in _days(since, until)]
    return [tuple(days[start : start + 7]) for start in range(0, len(days), 7)]


def _day(
    span: Interval,
    first: date,
    shifts: Sequence[Shift],
    calendar: WorkCalendar,
    gaps: tuple[list[Gap], list[Gap]],
    double: list[Interval],
    people: dict[str, int],
) -> RosterDay:
    day = (span.starts_at + timedelta(hours=12)).date()  # Shanghai's noon is the same day in UTC
    mine = [shift for shift in shifts if shift.starts_at < span.ends_at and shift.ends_at > span.starts_at]
    parts = (
        DayShift(shift, _within(Interval(shift.starts_at, shift.ends_at), span), people[shift.person]) for shift in mine
    )
    return RosterDay(
        date=day,
        day=calendar.day(day),
        in_month=(day.year, day.month) == (first.year, first.month),
        shifts=tuple(sorted(parts, key=lambda part: part.span.starts_at)),
        gaps=_on(gaps[0], span),
        standing=_on(gaps[1], span),
        overlapping=any(_meets(each, span) for each in double),
    )


def _on(gaps: list[Gap], span: Interval) -> tuple[Gap, ...]:
    return tuple(
        Gap(max(gap.starts_at, span.starts_at), min(gap.ends_at, span.ends_at), gap.lines)
        for gap in gaps
        if _meets(gap, span)
    )


def _days(since: datetime, until: datetime) -> Iterator[Interval]:
    while since < until:
        yield Interval(since, since + timedelta(days=1))
        since += timedelta(days=1)


def _meets(one: Interval | Gap, other: Interval) -> bool:
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def _within(part: Interval, whole: Interval) -> Interval:
    return Interval(max(part.starts_at, whole.starts_at), min(part.ends_at, whole.ends_at))
