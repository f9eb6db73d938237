"""The duty roster as its page shows it (A2, A16): a month, and who is missing in the days ahead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hotline.domain.line import roster
from hotline.domain.line.handover import Handover
from hotline.domain.line.roster import DutyNumber, Gap, Overlap, Shift
from hotline.domain.line.roster_month import RosterDay, month_bounds, weeks
from hotline.services.calendar import work_calendar
from hotline.services.line.duty import always_rung, duty_shifts, known_shifts
from hotline.services.line.names import require_line
from hotline.settings import Settings
from hotline.storage.line.roster import RosterStore
from hotline.storage.transaction import Storage

#: How far ahead is looked for times without anybody.
GAP_DAYS = 60
_HANDOVERS_SHOWN = 10
#: Of all lines, so that some are of the one that is shown.
_HANDOVERS_READ = 200


@dataclass(frozen=True, slots=True)
class LineDuty:
    """Who has the duty of a line: `now`, in the order in which they are tried, and `always`, after all others.
    `warn_before`: a gap that begins before it is an alert."""

    line: str
    now: Sequence[DutyNumber]
    always: Sequence[DutyNumber]
    warn_before: datetime


@dataclass(frozen=True, slots=True)
class RosterMonth:
    """`duty`: of each line shown. `shifts`, `weeks` and `overlaps` are the month's; `gaps` and `standing` are those of
    the next GAP_DAYS in which nobody is rung, and in which those are who are always on duty; `anybody` says whether a
    shift is planned in these days. `handovers`: the latest, newest first."""

    duty: Sequence[LineDuty]
    shifts: Sequence[Shift]
    weeks: Sequence[tuple[RosterDay, ...]]
    overlaps: Sequence[Overlap]
    anybody: bool
    gaps: Sequence[Gap]
    standing: Sequence[Gap]
    handovers: Sequence[Handover]

    def is_urgent(self, gap: Gap) -> bool:
        """Whether the gap is, or should be, an alert of one of its lines."""
        return any(gap.starts_at < duty.warn_before for duty in self.duty if duty.line in gap.lines)


def roster_month(storage: Storage, settings: Settings, month: date, now: datetime, line: str = "") -> RosterMonth:
    """The month that begins on this day, and what is ahead of now: of one line or, with "", of all. Raises NotFound for
    a line that there is not."""
    require_line(settings, line)
    lines, until = (line,) if line else tuple(settings.lines), now + timedelta(days=GAP_DAYS)
    calendars = {one: work_calendar(settings, one) for one in lines}
    with storage.reading() as tx:
        shifts = known_shifts(tx, settings, *month_bounds(month), line)
        ahead = duty_shifts(tx, settings, now, until, line, now=now)
        always_of = {one: always_rung(tx, settings, now, one) for one in lines}
        latest = RosterStore(tx).handovers(_HANDOVERS_READ)
    of_line = {one: roster.of_line(ahead, one) for one in lines}
    always = frozenset(one for one, rung in always_of.items() if rung)
    unplanned = roster.by_line({one: roster.uncovered(of_line[one], calendars[one], now, until) for one in lines})
    gaps, standing = roster.parted(unplanned, always)
    return RosterMonth(
        duty=[_duty(settings, one, of_line[one], always_of[one], now) for one in lines],
        shifts=shifts,
        weeks=weeks(month, shifts, work_calendar(settings, lines[0] if len(lines) == 1 else ""), calendars, always),
        overlaps=roster.overlaps(shifts),
        anybody=bool(ahead),
        gaps=gaps,
        standing=standing,
        handovers=[each for each in latest if not line or each.line in ("", line)][:_HANDOVERS_SHOWN],
    )


def _duty(
    settings: Settings, line: str, shifts: Sequence[Shift], always: Sequence[DutyNumber], now: datetime
) -> LineDuty:
    warn_before = now + timedelta(days=settings.duty_of(line).gap_warn_days)
    return LineDuty(line, roster.duty_numbers(shifts, always, now), always, warn_before)
