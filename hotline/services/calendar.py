"""Working time, from the settings: the site's, and each line's own."""

from __future__ import annotations

from functools import lru_cache

from hotline.domain.calendar import Hours, WorkCalendar
from hotline.domain.own_calendar import OwnCalendar, calendar_of
from hotline.settings import Settings
from hotline.settings.hours import Calendar, HoursPeriod, HoursSettings, LineCalendar, LineHours


def work_calendar(settings: Settings, line: str = "") -> WorkCalendar:
    """Of this line; the site's for "" and for a line that there is not. What it has worked out of a day is kept as long
    as the settings are the same, so ask each time."""
    own = settings.lines.get(line)
    site = _of_site(settings.hours, settings.calendar)
    return _of_line(site, own.hours, own.calendar) if own else site


def own_calendar(hours: LineHours, calendar: LineCalendar) -> OwnCalendar:
    """What a line has otherwise than the site. A department that has such sections has its calendar by the same two
    functions: this one, and `calendar_of`."""
    return OwnCalendar(
        week=tuple(None if periods is None else _hours(periods) for periods in hours.week()),
        makeup_day=None if hours.makeup_day is None else _hours(hours.makeup_day),
        closed=frozenset(calendar.closed),
        open=frozenset(calendar.open),
        makeup=frozenset(calendar.makeup),
    )


@lru_cache(maxsize=16)
def _of_site(hours: HoursSettings, calendar: Calendar) -> WorkCalendar:
    return WorkCalendar(
        week=tuple(_hours(periods) for periods in hours.week()),
        makeup_day=_hours(hours.makeup_day),
        closed=frozenset(calendar.closed),
        open=frozenset(calendar.open),
        makeup=frozenset(calendar.makeup),
        covered_years=frozenset(calendar.covered_years),
    )


@lru_cache(maxsize=256)
def _of_line(site: WorkCalendar, hours: LineHours, calendar: LineCalendar) -> WorkCalendar:
    own = own_calendar(hours, calendar)
    return site if own == OwnCalendar() else calendar_of(site, own)


def _hours(periods: tuple[HoursPeriod, ...]) -> tuple[Hours, ...]:
    return tuple(Hours(period.start, period.end) for period in periods)
