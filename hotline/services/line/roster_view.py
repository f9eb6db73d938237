"""The duty roster as its page shows it (A2, A16): a month, and who is missing in the days ahead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hotline.domain.calendar import Interval
from hotline.domain.line import roster
from hotline.domain.line.handover import Handover
from hotline.domain.line.roster import DutyNumber, Overlap, Shift
from hotline.domain.line.roster_month import RosterDay, month_bounds, weeks
from hotline.services.calendar import work_calendar
from hotline.services.line.roster import always_on_duty, known_shifts
from hotline.settings import Settings
from hotline.storage.line.roster import RosterStore
from hotline.storage.transaction import Storage

#: How far ahead is looked for times without anybody.
GAP_DAYS = 60
_HANDOVERS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class RosterMonth:
    """`shifts`, `weeks` and `overlaps` are the month's; `gaps` are those of the next GAP_DAYS, and `anybody` says
    whether a shift is planned in them. `handovers`: the latest, newest first."""

    shifts: Sequence[Shift]
    weeks: Sequence[tuple[RosterDay, ...]]
    overlaps: Sequence[Overlap]
    anybody: bool
    gaps: Sequence[Interval]
    on_duty: Sequence[DutyNumber]
    always: Sequence[DutyNumber]
    handovers: Sequence[Handover]


def roster_month(storage: Storage, settings: Settings, month: date, now: datetime) -> RosterMonth:
    """The month that begins on this day, and what is ahead of now."""
    calendar, always, until = work_calendar(settings), always_on_duty(settings), now + timedelta(days=GAP_DAYS)
    with storage.reading() as tx:
        shifts = known_shifts(tx, settings, *month_bounds(month))
        ahead = known_shifts(tx, settings, now, until)
        handovers = RosterStore(tx).handovers(_HANDOVERS_SHOWN)
    return RosterMonth(
        shifts=shifts,
        weeks=weeks(month, shifts, calendar),
        overlaps=roster.overlaps(shifts),
        anybody=bool(ahead),
        gaps=roster.uncovered(ahead, calendar, now, until),
        on_duty=roster.duty_numbers(ahead, always, now),
        always=always,
        handovers=handovers,
    )
