"""Days of the past as the forecast takes them: how many calls, what each day was like, and why one does not count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from hotline.domain.calendar import DayKind, WorkCalendar, local_day
from hotline.domain.staffing.days import SLOTS, LeftOut, PastDay, like_day, without_outages
from hotline.domain.staffing.forecast import LEAST_WEEKS
from hotline.domain.time import midnight
from hotline.services.calendar import work_calendar
from hotline.settings import Settings
from hotline.storage.settings.store import SettingChangeStore
from hotline.storage.staffing.store import LeftOutDayStore, VolumeStore
from hotline.storage.transaction import Transaction

#: A year, and what the last weeks of it are measured by.
_DAYS = 400


def past_days(tx: Transaction, settings: Settings, line: str, today: date) -> list[PastDay]:
    """Whole days before `today`, the oldest first; the first of the ledger may have begun in its midst and is left
    away. `line` "": of all."""
    first = today - timedelta(days=_DAYS)
    counted = VolumeStore(tx).by_half_hour(line, midnight(first), midnight(today))
    if not counted:
        return []
    calendar = work_calendar(settings, line)
    none, begins = [0] * SLOTS, min(counted) + timedelta(days=1)
    days = [begins + timedelta(days=ago) for ago in range((today - begins).days)]
    found = [PastDay(day, like_day(calendar, day), tuple(counted.get(day, none))) for day in days]
    return without_outages(_with_reasons(tx, line, calendar, found))


def _with_reasons(tx: Transaction, line: str, calendar: WorkCalendar, days: Sequence[PastDay]) -> list[PastDay]:
    if not days:
        return []
    by_hand = {each.day for each in LeftOutDayStore(tx).of(line)}
    declared = VolumeStore(tx).declared(line, midnight(days[0].day))
    marked = [replace(each, left_out=_why(each.day, calendar, by_hand, declared)) for each in days]
    return _without_other_hours(marked, hours_changed(tx, line))


def _why(day: date, calendar: WorkCalendar, by_hand: set[date], declared: set[date]) -> LeftOut | None:
    if day in by_hand:
        return LeftOut.BY_HAND
    if day in declared:
        return LeftOut.DECLARED
    return LeftOut.CLOSED if calendar.day(day).kind is DayKind.SITE_CLOSED else None


def _without_other_hours(days: list[PastDay], changed: date | None) -> list[PastDay]:
    """What came under other hours does not count, once enough came since; before that it is the best there is, and only
    the day of the change is left out."""
    if changed is None:
        return days
    since = sum(1 for each in days if each.day > changed and not each.left_out)
    others = changed if since >= LEAST_WEEKS * 7 else changed - timedelta(days=1)
    return [
        replace(each, left_out=LeftOut.OTHER_HOURS)
        if not each.left_out and (each.day == changed or each.day <= others == changed)
        else each
        for each in days
    ]


def hours_changed(tx: Transaction, line: str) -> date | None:
    """When hours that this line may have were decided last; None: never since the settings' file."""
    own = f"lines.{line}.hours" if line else "lines."
    changes = [
        each
        for each in SettingChangeStore(tx).all()
        if each.key.startswith("hours") or (each.key.startswith(own) and ".hours" in each.key)
    ]
    return max((local_day(each.from_at) for each in changes), default=None)
