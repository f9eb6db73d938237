"""When a report is due, and which time it covers. Pure: days and hours are those of Asia/Shanghai, moments UTC."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from hotline.domain.calendar import local_day
from hotline.domain.months import monday_of, next_month, previous_month
from hotline.domain.time import SHANGHAI, midnight


class ReportKind(StrEnum):
    """What is reported; the values are stored."""

    #: B4: the ledger and what is still open, to the superior.
    DAILY = "daily"
    #: F1: for the Friday afternoon meeting.
    WEEKLY = "weekly"
    #: F1: Monday, one page a person.
    PERSON_WEEK = "person_week"
    MONTHLY = "monthly"
    #: F2, F12: a person's call details of a month, which they confirm or object to.
    CALL_DETAILS = "call_details"
    #: F10: what customers had trouble with, by product and subject, to the departments.
    PROBLEMS = "problems"


#: One report for each person.
OF_PERSONS = frozenset({ReportKind.PERSON_WEEK, ReportKind.CALL_DETAILS})


class Every(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class Covers(StrEnum):
    """Which time a report is of: all since the one before it, or the whole week or month before its day."""

    SINCE_LAST = "since_last"
    WEEK_BEFORE = "week_before"
    MONTH_BEFORE = "month_before"


@dataclass(frozen=True, slots=True)
class Schedule:
    """Due `every` day, week (on `weekday`, Monday is 0) or month (on `day`; where a month is shorter, on its last) at
    `at`. `only_on`: the days on which it is due at all; what falls on others is covered by the next."""

    every: Every
    covers: Covers
    at: time
    weekday: int = 0
    day: int = 1
    only_on: Callable[[date], bool] | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """A report of [`starts_at`, `ends_at`) that is to be made from `due_at` on."""

    due_at: datetime
    starts_at: datetime
    ends_at: datetime


#: What each kind covers, and how often.
SHAPES: dict[ReportKind, tuple[Every, Covers]] = {
    ReportKind.DAILY: (Every.DAY, Covers.SINCE_LAST),
    ReportKind.WEEKLY: (Every.WEEK, Covers.SINCE_LAST),
    ReportKind.PERSON_WEEK: (Every.WEEK, Covers.WEEK_BEFORE),
    ReportKind.MONTHLY: (Every.MONTH, Covers.MONTH_BEFORE),
    ReportKind.CALL_DETAILS: (Every.MONTH, Covers.MONTH_BEFORE),
    ReportKind.PROBLEMS: (Every.MONTH, Covers.MONTH_BEFORE),
}


def due_after(schedule: Schedule, last: datetime, now: datetime) -> Iterator[Due]:
    """What became due in (`last`, `now`], the first first. `last`: when the one before was due, and the end of what it
    covers where a report covers all since. What was missed while nothing ran comes too, each on its own."""
    before = last
    for day in _days(schedule, local_day(last), local_day(now)):
        due_at = datetime.combine(day, schedule.at, SHANGHAI).astimezone(UTC)
        if last < due_at <= now:
            yield Due(due_at, *_covered(schedule, day, before, due_at))
            before = due_at


def next_due(schedule: Schedule, now: datetime) -> datetime | None:
    """When the next one is due after now; None within a year from now."""
    for day in _days(schedule, local_day(now), local_day(now) + timedelta(days=366)):
        due_at = datetime.combine(day, schedule.at, SHANGHAI).astimezone(UTC)
        if due_at > now:
            return due_at
    return None


def _days(schedule: Schedule, first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last:
        if _falls_on(schedule, day) and (schedule.only_on is None or schedule.only_on(day)):
            yield day
        day += timedelta(days=1)


def _falls_on(schedule: Schedule, day: date) -> bool:
    if schedule.every is Every.WEEK:
        return day.weekday() == schedule.weekday
    if schedule.every is Every.MONTH:
        return day.day == min(schedule.day, (next_month(day) - timedelta(days=1)).day)
    return True


def _covered(schedule: Schedule, day: date, before: datetime, due_at: datetime) -> tuple[datetime, datetime]:
    if schedule.covers is Covers.WEEK_BEFORE:
        monday = monday_of(day)
        return midnight(monday - timedelta(days=7)), midnight(monday)
    if schedule.covers is Covers.MONTH_BEFORE:
        return midnight(previous_month(day)), midnight(day.replace(day=1))
    return before, due_at
