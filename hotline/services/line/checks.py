"""Checks of plans: is the calendar known, is somebody on duty?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from hotline.domain.calendar import WorkCalendar, local_day
from hotline.domain.line import roster
from hotline.domain.line.roster import DutyNumber, Shift
from hotline.domain.reasons import Reason, because
from hotline.services.calendar import work_calendar
from hotline.services.check import CheckResult, Checks, ok, warning
from hotline.services.line.duty import always_rung, duty_shifts
from hotline.settings import Home, Settings
from hotline.storage.transaction import Storage

#: How far back shifts are looked for, to tell "the roster has run out" from "none was ever kept".
LOOK_BACK = timedelta(days=366)


def check_calendar(calendar: WorkCalendar, now: datetime, warn_days: int) -> CheckResult:
    """A1: whether the public holidays of the coming `warn_days` days are known."""
    unknown = calendar.coverage_warning(local_day(now), warn_days)
    if unknown:
        return warning("calendar", unknown, because("checks.enter_holidays"))
    return ok("calendar", because("checks.holidays_known", day=calendar.coverage_ends(local_day(now))))


def check_roster(
    shifts: Sequence[Shift],
    always: Sequence[DutyNumber],
    calendar: WorkCalendar,
    now: datetime,
    days: int,
    line: str = "",
) -> CheckResult:
    """A2, A16: whether somebody is on duty whenever the line is closed, within so many days. `line`: what it is called
    where a site has several."""
    name = f"roster {line}" if line else "roster"
    if shifts and all(shift.ends_at <= now for shift in shifts):
        last = max(shift.ends_at for shift in shifts)
        return warning(name, because("checks.shifts_over", last_at=last), _add_shifts(always))
    gaps = roster.gaps(shifts, calendar, now, now + timedelta(days=days))
    if not gaps:
        return ok(name, because("checks.roster_whole", days=days))
    if always and not shifts:
        # No roster is kept at all: one fixed number for all times is a roster of its own.
        return ok(name, because("checks.always_on_duty", people=_people(always)))
    first = gaps[0]
    detail = because("checks.roster_gaps", count=len(gaps), days=days, since_at=first.starts_at, until_at=first.ends_at)
    return warning(name, detail, _add_shifts(always))


def _add_shifts(always: Sequence[DutyNumber]) -> Reason:
    if always:
        return because("checks.add_shifts_meanwhile", people=_people(always))
    return because("checks.add_shifts")


def _people(always: Sequence[DutyNumber]) -> tuple[str, ...]:
    return tuple(one.person for one in always)


def _calendar(settings: Settings, home: Home, now: datetime) -> Iterator[CheckResult]:
    yield check_calendar(work_calendar(settings), now, settings.calendar.warn_days)


def _roster(settings: Settings, storage: Storage, now: datetime) -> Iterator[CheckResult]:
    for line in settings.lines:
        days, calendar = settings.duty_of(line).gap_warn_days, work_calendar(settings, line)
        with storage.reading() as tx:
            shifts = duty_shifts(tx, settings, now - LOOK_BACK, now + timedelta(days=days), line, now=now)
            always = always_rung(tx, settings, now, line)
        yield check_roster(shifts, always, calendar, now, days, line if len(settings.lines) > 1 else "")


CHECKS = Checks(_calendar, _roster)
