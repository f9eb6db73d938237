"""Deadlines as people see them: when due, what is left, and how that was counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from hotline.domain.calendar_key import department_of
from hotline.domain.deadlines.day_count import CountedDay, counted_days
from hotline.domain.deadlines.deadline import Deadline, Pause, Standing
from hotline.domain.deadlines.kept import ClockName, KeptDeadline
from hotline.domain.deadlines.term import Agreed, Count, Term, passed
from hotline.services.calendar import has_own_calendar
from hotline.services.deadlines.clock import Counting, counting
from hotline.settings import Settings
from hotline.storage.deadlines.store import DeadlineStore
from hotline.storage.transaction import Transaction


class OwnHours(StrEnum):
    """Who has other working time than the site."""

    LINE = "line"
    DEPARTMENT = "department"


@dataclass(frozen=True, slots=True)
class ShownDeadline:
    """`due_at` None while it is paused in time. `left`: of the time that counts, until it is due; once it is over, how
    much has passed since, until it was done. `by_hours`: only working time counts. `days`: the count, day by day; none
    for a moment that was agreed. `own_hours`: by which working time it is counted that is not the site's."""

    clock: ClockName
    rule: str
    standing: Standing
    term: Term
    started_at: datetime
    due_at: datetime | None
    left: timedelta | None
    by_hours: bool
    pause: Pause | None
    stopped_at: datetime | None
    days: tuple[CountedDay, ...]
    own_hours: OwnHours | None = None

    @property
    def is_over(self) -> bool:
        return self.standing in (Standing.BREACHED, Standing.LATE)


def shown_deadlines(
    tx: Transaction, settings: Settings, clock: ClockName, due: Mapping[int, datetime | None], now: datetime
) -> dict[int, ShownDeadline]:
    """Of these things, by their ids. What no clock is kept of is shown by its own time in `due`, if it has one."""
    kept = DeadlineStore(tx).of(clock, due) if due else {}
    ways: dict[str, Counting] = {}
    shown: dict[int, ShownDeadline] = {}
    for object_id, own in due.items():
        each = kept.get(object_id) or (_by_its_own(clock, object_id, own) if own else None)
        if each is not None:
            way = ways.get(each.line) or ways.setdefault(each.line, counting(settings, clock, each.line))
            hours = _own_hours(settings, each.line) if each.deadline.term.count is Count.WORKING else None
            shown[object_id] = replace(shown_deadline(each, way, now), own_hours=hours)
    return shown


def shown_deadline(kept: KeptDeadline, way: Counting, now: datetime) -> ShownDeadline:
    deadline, calendar = kept.deadline, way.calendar
    due = deadline.due_at(calendar)
    until = deadline.stopped_at or (deadline.pause.since if deadline.pause else now)
    left = passed(min(until, due), max(until, due), deadline.term.count, calendar) if due else None
    is_agreed = isinstance(deadline.term, Agreed)
    return ShownDeadline(
        kept.clock,
        way.clock.rule,
        deadline.standing(calendar, now, way.warn_before),
        deadline.term,
        deadline.started_at,
        due,
        left,
        deadline.term.count is Count.WORKING and calendar.has_hours,
        deadline.pause,
        deadline.stopped_at,
        () if is_agreed else tuple(counted_days(deadline, calendar, due or now)),
    )


def _own_hours(settings: Settings, key: str) -> OwnHours | None:
    if not has_own_calendar(settings, key):
        return None
    return OwnHours.LINE if department_of(key) is None else OwnHours.DEPARTMENT


def _by_its_own(clock: ClockName, object_id: int, due: datetime) -> KeptDeadline:
    return KeptDeadline(clock, object_id, "", Deadline(Agreed(due), due), by_setting=False)
