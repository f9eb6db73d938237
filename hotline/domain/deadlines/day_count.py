"""A deadline shows its count: which hours of which day were counted, and why the others were not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hotline.domain.calendar import Day, WorkCalendar, local_day
from hotline.domain.deadlines.deadline import Deadline, Gap
from hotline.domain.deadlines.term import counted
from hotline.domain.interval import Interval, length, subtract
from hotline.domain.time import midnight


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One day of the count. `day`: what kind of day the calendar says it is. `spans`: what was counted, UTC. `total`:
    with all days before. `gaps`: what was left out of it since the clock stood."""

    day: Day
    spans: tuple[Interval, ...]
    total: timedelta
    gaps: tuple[Gap, ...]


def counted_days(deadline: Deadline, calendar: WorkCalendar, until: datetime) -> list[CountedDay]:
    """Day by day from the start to `until` (or to when it was done or paused, if that is earlier)."""
    ends = [until, *([deadline.stopped_at] if deadline.stopped_at else [])]
    end = min([*ends, *([deadline.pause.since] if deadline.pause else [])])
    left_out = [Interval(gap.since, gap.until) for gap in deadline.gaps]
    days, total = [], timedelta()
    for day in _days(local_day(deadline.started_at), local_day(end)):
        since = max(midnight(day), deadline.started_at)
        before = min(midnight(day + timedelta(days=1)), end)
        spans = [
            part
            for span in counted(since, before, deadline.term.count, calendar)
            for part in subtract(span, [gap for gap in left_out if _meet(gap, span)])
            if part.starts_at < part.ends_at
        ]
        total += length(spans)
        gaps = tuple(gap for gap in deadline.gaps if gap.since < before and gap.until > since)
        days.append(CountedDay(calendar.day(day), tuple(spans), total, gaps))
    return days


def _meet(one: Interval, other: Interval) -> bool:
    return one.starts_at < other.ends_at and one.ends_at > other.starts_at


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += timedelta(days=1)
