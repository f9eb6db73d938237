"""What is wrong with a plan (F6): one person at two places at once, too short a rest, too long a week, nobody there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from hotline.domain.calendar import WorkCalendar, local_day
from hotline.domain.interval import Interval, subtract
from hotline.domain.line.roster import Gap, by_line
from hotline.domain.shifts.shift import PlannedShift, merged


class FaultKind(StrEnum):
    OVERLAP = "overlap"
    REST = "rest"
    WEEK = "week"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Fault:
    """`shift`: the later one of those that do not go together. `hours`: they share (overlap), lie between them (rest),
    or make the week."""

    kind: FaultKind
    shift: PlannedShift
    hours: float


@dataclass(frozen=True, slots=True)
class WorkLimits:
    """`rest`: at least, between the shifts of two days. `week`: at most, Monday to Sunday, pauses not counted."""

    rest: timedelta
    week: timedelta


#: How much of a shift is a pause.
Pause = Callable[[PlannedShift], timedelta]


def faults(
    shifts: Iterable[PlannedShift],
    limits: WorkLimits,
    pause: Pause,
    away: Mapping[int, Sequence[Interval]] | None = None,
) -> list[Fault]:
    """All that is wrong with people's own time; open shifts are nobody's. Whoever has the duty mobile is not at work by
    it: only two duties of one person for one line at once are too much."""
    found: list[Fault] = []
    for own in by_person(each for each in shifts if not each.is_open).values():
        desk = [each for each in own if not each.duty]
        found += [*overlapping(own), *_short_rests(desk, limits.rest), *_long_weeks(desk, limits.week, pause)]
        found += _on_leave(own, away or {})
    return sorted(found, key=lambda each: each.shift.starts_at)


def by_person(shifts: Iterable[PlannedShift]) -> dict[object, list[PlannedShift]]:
    """Each one's by start; who is known by name alone by the name."""
    found: defaultdict[object, list[PlannedShift]] = defaultdict(list)
    for shift in sorted(shifts, key=lambda each: each.starts_at):
        found[shift.person_id if shift.person_id is not None else shift.person].append(shift)
    return found


def overlapping(own: Sequence[PlannedShift]) -> list[Fault]:
    """Of one person's, by start: each that begins before an earlier one of the same sort has ended."""
    found = []
    for duty in (False, True):
        latest: PlannedShift | None = None
        for shift in (each for each in own if each.duty is duty):
            if latest is not None and shift.starts_at < latest.ends_at and (not duty or _share_a_line(latest, shift)):
                found.append(
                    Fault(FaultKind.OVERLAP, shift, _hours(min(latest.ends_at, shift.ends_at) - shift.starts_at))
                )
            if latest is None or shift.ends_at > latest.ends_at:
                latest = shift
    return found


def gaps(
    shifts: Sequence[PlannedShift], calendars: Mapping[str, WorkCalendar], since: datetime, until: datetime
) -> list[Gap]:
    """When a line is open and nobody is planned at its desks; lines with the same gap together."""
    return by_line({line: _uncovered(shifts, line, own, since, until) for line, own in calendars.items()})


def duty_gaps(
    shifts: Sequence[PlannedShift], calendars: Mapping[str, WorkCalendar], since: datetime, until: datetime
) -> list[Gap]:
    """When a line is closed and nobody is planned with its duty mobile (A16)."""
    found = {}
    for line, calendar in calendars.items():
        there = merged(each.span for each in shifts if each.duty and not each.is_open and each.is_for(line))
        found[line] = [gap for span in calendar.closed_spans(since, until) for gap in _left(span, there)]
    return by_line(found)


def worked(shifts: Iterable[PlannedShift], pause: Pause) -> timedelta:
    """At the desk, without pauses."""
    return sum((each.length - pause(each) for each in shifts if not each.duty), timedelta())


def _uncovered(
    shifts: Sequence[PlannedShift], line: str, calendar: WorkCalendar, since: datetime, until: datetime
) -> list[Interval]:
    there = merged(each.span for each in shifts if not each.duty and not each.is_open and each.is_for(line))
    return [gap for span in calendar.open_spans(since, until) for gap in _left(span, there)]


def _left(span: Interval, there: list[Interval]) -> list[Interval]:
    near = [each for each in there if each.starts_at < span.ends_at and each.ends_at > span.starts_at]
    return [each for each in subtract(span, near) if each.starts_at < each.ends_at]


def _share_a_line(one: PlannedShift, other: PlannedShift) -> bool:
    return not one.lines or not other.lines or not set(one.lines).isdisjoint(other.lines)


def _short_rests(desk: Sequence[PlannedShift], least: timedelta) -> list[Fault]:
    """Shifts of one day are one stretch of work with a pause."""
    found = []
    for before, after in pairwise(desk):
        rest = after.starts_at - before.ends_at
        if timedelta() <= rest < least and local_day(before.starts_at) != local_day(after.starts_at):
            found.append(Fault(FaultKind.REST, after, _hours(rest)))
    return found


def _long_weeks(desk: Sequence[PlannedShift], most: timedelta, pause: Pause) -> list[Fault]:
    """One fault a week, at the shift with which it becomes too long."""
    sums: defaultdict[tuple[int, int], timedelta] = defaultdict(timedelta)
    first: dict[tuple[int, int], PlannedShift] = {}
    for shift in desk:
        week = local_day(shift.starts_at).isocalendar()[:2]
        sums[week] += shift.length - pause(shift)
        if sums[week] > most:
            first.setdefault(week, shift)
    return [Fault(FaultKind.WEEK, shift, _hours(sums[week])) for week, shift in first.items()]


def _on_leave(own: Sequence[PlannedShift], away: Mapping[int, Sequence[Interval]]) -> list[Fault]:
    return [
        Fault(FaultKind.LEAVE, shift, _hours(min(shift.ends_at, span.ends_at) - max(shift.starts_at, span.starts_at)))
        for shift in own
        for span in away.get(shift.person_id or 0, ())
        if shift.meets(span.starts_at, span.ends_at)
    ]


def _hours(span: timedelta) -> float:
    return round(span.total_seconds() / 3600, 2)
