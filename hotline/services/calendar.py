"""The site's working time, from its settings."""

from __future__ import annotations

from hotline.domain.calendar import Hours, WorkCalendar
from hotline.settings import Settings
from hotline.settings.hours import HoursPeriod


def work_calendar(settings: Settings, line: str = "") -> WorkCalendar:
    """Hours and own days as set, of a line, "" the site's; all lines have the site's. Cheap enough to be built for each
    decision."""
    return WorkCalendar(
        week=tuple(_hours(periods) for periods in settings.hours.week()),
        makeup_day=_hours(settings.hours.makeup_day),
        closed=frozenset(settings.calendar.closed),
        open=frozenset(settings.calendar.open),
        covered_years=frozenset(settings.calendar.covered_years),
    )


def _hours(periods: tuple[HoursPeriod, ...]) -> tuple[Hours, ...]:
    return tuple(Hours(period.start, period.end) for period in periods)
