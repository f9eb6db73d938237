"""Which deadlines come near and which are over: each is told to the feature that owns it, once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hotline.domain.calendar import WorkCalendar
from hotline.domain.deadlines.kept import ClockName, KeptDeadline
from hotline.services.calendar import work_calendar
from hotline.services.deadlines.clock import Clock, all_clocks
from hotline.settings import Settings
from hotline.storage.deadlines.store import DeadlineStore
from hotline.storage.transaction import Storage, Transaction

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Swept:
    """How many were told."""

    warned: int = 0
    breached: int = 0


def sweep(storage: Storage, settings: Settings, now: datetime) -> Swept:
    """Tell what is to be told at `now`. What is told and that it was told are one transaction: whoever is killed in
    between has told nothing, and the next one tells it. A breach that comes before its warning was told is told alone.
    Warnings wait for working hours, as far as the deadline leaves any.

    Raises what a feature raises; what was told before stays told.
    """
    with storage.reading() as tx:
        clocks = [all_clocks()[name] for name in DeadlineStore(tx).clocks_to_tell(now) if name in all_clocks()]
    done = Swept()
    for clock in clocks:
        after: int | None = 0
        while after is not None:
            with storage.writing() as tx:
                some, after = _tell(tx, settings, clock, now, after)
            done = Swept(done.warned + some.warned, done.breached + some.breached)
    return done


def _tell(tx: Transaction, settings: Settings, clock: Clock, now: datetime, after: int) -> tuple[Swept, int | None]:
    """From that id on; the id to go on from, None at the end."""
    found = DeadlineStore(tx).to_tell(clock.name, now, after, _AT_ONCE)
    over = [each for each in found if each.due_at is not None and each.due_at <= now]
    calendars = {line: work_calendar(settings, line) for line in {each.line for each in found}}
    near = [each for each in found if each not in over and _is_time(each, calendars[each.line], now)]
    DeadlineStore(tx).save(
        *(each._replace(breached_at=each.due_at, breach_told_at=now, warning_told_at=now) for each in over),
        *(each._replace(warning_told_at=now) for each in near),
    )
    if over:
        clock.breached(tx, settings, over, now)
    if near:
        clock.warned(tx, settings, near, now)
    return Swept(len(near), len(over)), (found[-1].id if len(found) == _AT_ONCE else None)


def _is_time(kept: KeptDeadline, calendar: WorkCalendar, now: datetime) -> bool:
    """No reminder at midnight, but for one that has no working time left."""
    if not calendar.has_hours or calendar.is_open(now):
        return True
    opens = calendar.next_change(now)
    return opens is None or kept.due_at is None or opens.at >= kept.due_at


def overdue(tx: Transaction, clock: ClockName, now: datetime) -> tuple[int, datetime | None]:
    """How many open ones are over, and when the earliest was due: what alerts say."""
    return DeadlineStore(tx).overdue(clock, now)
