"""Checks of plans: is the calendar known, is somebody on duty?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from hotline.domain.calendar import WorkCalendar, local_day
from hotline.domain.line import roster
from hotline.domain.line.roster import DutyNumber, Shift
from hotline.domain.time import minute_text
from hotline.services.calendar import work_calendar
from hotline.services.check import CheckResult, Checks, ok, warning
from hotline.services.line.roster import always_on_duty, list_shifts
from hotline.settings import Home, Settings
from hotline.storage.transaction import Storage

#: How far back shifts are looked for, to tell "the roster has run out" from "none was ever kept".
LOOK_BACK = timedelta(days=366)


def check_calendar(calendar: WorkCalendar, now: datetime, warn_days: int) -> CheckResult:
    """A1: whether the public holidays of the coming `warn_days` days are known."""
    unknown = calendar.coverage_warning(local_day(now), warn_days)
    if unknown:
        detail, _, advice = unknown.partition(". ")
        return warning("calendar", detail, advice)
    return ok("calendar", f"holidays known until {calendar.coverage_ends(local_day(now))}")


def check_roster(
    shifts: Sequence[Shift], always: Sequence[DutyNumber], calendar: WorkCalendar, now: datetime, days: int
) -> CheckResult:
    """A2, A16: whether somebody is on duty whenever the line is closed, within so many days."""
    if shifts and all(shift.ends_at <= now for shift in shifts):
        last = max(shift.ends_at for shift in shifts)
        return warning("roster", f"every shift is over, the last since {minute_text(last)}", _add_shifts(always))
    gaps = roster.gaps(shifts, calendar, now, now + timedelta(days=days))
    if not gaps:
        return ok("roster", f"somebody is on duty whenever the line is closed, for {days} days")
    if always and not shifts:
        # No roster is kept at all: one fixed number for all times is a roster of its own.
        return ok("roster", f"no shifts; {', '.join(one.person for one in always)} (duty.always) is rung at all times")
    first = f"{minute_text(gaps[0].starts_at)} to {minute_text(gaps[0].ends_at)}"
    detail = f"nobody is on duty when the line is closed, {len(gaps)} × in {days} days, first {first}"
    return warning("roster", detail, _add_shifts(always))


def _add_shifts(always: Sequence[DutyNumber]) -> str:
    meanwhile = (
        f"until then {', '.join(one.person for one in always)} (duty.always) is rung"
        if always
        else ("until then callers get no further than voicemail")
    )
    return f"add shifts with `hotline roster add` or in [[roster]]; {meanwhile}"


def _calendar(settings: Settings, home: Home, now: datetime) -> Iterator[CheckResult]:
    yield check_calendar(work_calendar(settings), now, settings.calendar.warn_days)


def _roster(settings: Settings, storage: Storage, now: datetime) -> Iterator[CheckResult]:
    days = settings.duty.gap_warn_days
    shifts = list_shifts(storage, settings, now - LOOK_BACK, now + timedelta(days=days))
    yield check_roster(shifts, always_on_duty(settings), work_calendar(settings), now, days)


CHECKS = Checks(_calendar, _roster)
