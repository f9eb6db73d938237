"""Working time, from the settings: the site's, each line's own, and each department's."""

from __future__ import annotations

from functools import lru_cache

from hotline.domain.calendar import Hours, WorkCalendar
from hotline.domain.calendar_key import department_of
from hotline.domain.own_calendar import OwnCalendar, calendar_of
from hotline.settings import Settings
from hotline.settings.calls import LineSettings
from hotline.settings.hours import Calendar, DepartmentSettings, HoursPeriod, HoursSettings, LineCalendar, LineHours


def work_calendar(settings: Settings, whose: str = "") -> WorkCalendar:
    """Of this line, or of the department whose key it is (hotline.domain.calendar_key); the site's for "" and for what
    there is not. What it has worked out of a day is kept as long as the settings are the same, so ask each time."""
    own = _sections(settings, whose)
    site = _of_site(settings.hours, settings.calendar)
    return _of_own(site, own.hours, own.calendar) if own else site


def own_calendar(settings: Settings, whose: str) -> OwnCalendar:
    """What this line or department has otherwise than the site."""
    own = _sections(settings, whose)
    return _own(own.hours, own.calendar) if own else OwnCalendar()


def has_own_calendar(settings: Settings, whose: str) -> bool:
    """Whether anything is otherwise than at the site."""
    return own_calendar(settings, whose) != OwnCalendar()


def calendar_section(whose: str) -> str:
    """The dotted key below which what it has otherwise stands; "" for the site."""
    department = department_of(whose)
    if department is not None:
        return f"departments.{department}."
    return f"lines.{whose}." if whose else ""


def _sections(settings: Settings, whose: str) -> LineSettings | DepartmentSettings | None:
    department = department_of(whose)
    return settings.lines.get(whose) if department is None else settings.departments.get(str(department))


def _own(hours: LineHours, calendar: LineCalendar) -> OwnCalendar:
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
def _of_own(site: WorkCalendar, hours: LineHours, calendar: LineCalendar) -> WorkCalendar:
    own = _own(hours, calendar)
    return site if own == OwnCalendar() else calendar_of(site, own)


def _hours(periods: tuple[HoursPeriod, ...]) -> tuple[Hours, ...]:
    return tuple(Hours(period.start, period.end) for period in periods)
