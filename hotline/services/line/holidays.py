"""A year as a calendar (A1): which days are worked, by whose word; days marked by hand, for the site, one line or one
department.

What is marked is a setting in force, so every process goes by it within seconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from hotline.domain.calendar import Day, WorkCalendar, local_day
from hotline.domain.calendar_key import department_of
from hotline.domain.errors import NotFound, Refused
from hotline.domain.holidays import is_known_year
from hotline.domain.line.marked_days import MarkedBy, Marks, days_of, marked_by, remarked
from hotline.domain.own_calendar import DayMark, OwnCalendar, mark_of
from hotline.domain.people import Actor
from hotline.domain.wall_time import YEARS
from hotline.services.calendar import calendar_section, own_calendar, work_calendar
from hotline.services.line.names import require_line
from hotline.services.settings.in_force import SettingsInForce, apply
from hotline.services.settings.settings import decide
from hotline.settings import Settings
from hotline.storage.settings.store import SettingChangeStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class YearDay:
    """`day`: as it is; `base`: as it is without this mark. `mark`: what was entered for it on this page. `marked`: by
    whom, if it was decided here; a mark of the site's file has nobody."""

    day: Day
    base: Day
    mark: DayMark | None
    marked: MarkedBy | None


@dataclass(frozen=True, slots=True)
class Marking:
    """Days that one person marked at one moment."""

    marked: MarkedBy
    days: Sequence[date]


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """`months`: each day by day. `ordered`: the year's holidays are known by the package; `covered`: all of them were
    entered here; `next_known`: the one or the other is so of the year after it. `working_days`: how many. `latest`: who
    marked what last in this year, newest first. `of`: the department's name, "" for the site and for lines."""

    year: int
    months: Sequence[Sequence[YearDay]]
    ordered: bool
    covered: bool
    next_known: bool
    working_days: int
    latest: Sequence[Marking]
    of: str = ""


_LATEST_SHOWN = 12


def year_to_show(settings: Settings, now: datetime) -> int:
    """The first year that must be entered soon, else this one."""
    today = local_day(now)
    calendar = work_calendar(settings)
    if calendar.coverage_warning(today, settings.calendar.warn_days):
        return (calendar.coverage_ends(today) + timedelta(days=1)).year
    return today.year


def calendar_year(in_force: SettingsInForce, year: int, now: datetime, line: str = "") -> CalendarYear:
    """Of the site, or of one line or department (its key), over the site's. Raises Refused for a year that no calendar
    of ours has, NotFound for what there is not."""
    settings = in_force()
    _require_year(year)
    calendar, base, own = work_calendar(settings, line), _base(settings, line), _own(settings, line)
    with in_force.storage.reading() as tx:
        of = _require_there(tx, settings, line)
        marked = _marked(tx, in_force, line, now)
    days = [
        YearDay(calendar.day(day), base.day(day), mark_of(own, day), marked.get(day))
        for day in (date(year, 1, 1) + timedelta(days=n) for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days))
    ]
    return CalendarYear(
        year=year,
        months=[[each for each in days if each.day.date.month == month] for month in range(1, 13)],
        ordered=is_known_year(year),
        covered=year in settings.calendar.covered_years,
        next_known=is_known_year(year + 1) or year + 1 in settings.calendar.covered_years,
        working_days=sum(bool(each.day.hours) for each in days),
        latest=_latest(marked, year),
        of=of,
    )


def mark_days(
    in_force: SettingsInForce, actor: Actor, days: Iterable[date], mark: DayMark | None, now: datetime, line: str = ""
) -> None:
    """These days are closed, worked or make-up days from now on; with None they go by what they were before. Raises
    Refused for no day, NotFound for what there is not, Forbidden, WrongSettings."""
    marking = frozenset(days)
    if not marking:
        raise Refused("line.no_days", field="days")
    for day in marking:
        _require_year(day.year)
    with in_force.storage.writing() as tx:
        settings = _settled(tx, in_force, now)
        _require_there(tx, settings, line)
        before = _marks(_own(settings, line))
        after = remarked(before, marking, mark)
        changes = {
            key: [day.isoformat() for day in sorted(after[each])]
            for key, each in _keys(line).items()
            if after[each] != before[each]
        }
        decide(tx, in_force.layers, actor, changes, now)
    in_force.forget()


def cover_year(in_force: SettingsInForce, actor: Actor, year: int, complete: bool, now: datetime) -> None:
    """All holidays and make-up days of this year are entered, or are not after all. Raises Refused for a year that no
    calendar of ours has, Forbidden, WrongSettings."""
    _require_year(year)
    with in_force.storage.writing() as tx:
        before = set(_settled(tx, in_force, now).calendar.covered_years)
        after = before | {year} if complete else before - {year}
        if after != before:
            decide(tx, in_force.layers, actor, {"calendar.covered_years": sorted(after)}, now)
    in_force.forget()


def _settled(tx: Transaction, in_force: SettingsInForce, now: datetime) -> Settings:
    """What holds, with nobody deciding meanwhile: of two who mark days at once neither undoes the other's."""
    store = SettingChangeStore(tx)
    store.lock()
    return apply(in_force.layers, store.all(), now).settings


def _require_there(tx: Transaction, settings: Settings, key: str) -> str:
    """The department's name; "" of a line or the site. Raises NotFound."""
    department = department_of(key)
    if department is None:
        require_line(settings, key)
        return ""
    found = StaffStore(tx).department(department)
    if found is None:
        raise NotFound("staff.no_unit", id=department)
    return found.name


def _require_year(year: int) -> None:
    if year not in YEARS:
        raise Refused("line.year")


def _keys(line: str) -> Mapping[str, DayMark]:
    return {f"{calendar_section(line)}calendar.{mark}": mark for mark in DayMark}


def _base(settings: Settings, line: str) -> WorkCalendar:
    """Without what is marked on this page: days of a line or department are then the site's, the site's those that are
    ordered."""
    calendar = work_calendar(settings, line)
    site = work_calendar(settings) if line else OwnCalendar()
    return replace(calendar, closed=site.closed, open=site.open, makeup=site.makeup)


def _own(settings: Settings, line: str) -> WorkCalendar | OwnCalendar:
    return own_calendar(settings, line) if line else work_calendar(settings)


def _marks(own: WorkCalendar | OwnCalendar) -> Marks:
    return {DayMark.CLOSED: own.closed, DayMark.OPEN: own.open, DayMark.MAKEUP: own.makeup}


def _marked(tx: Transaction, in_force: SettingsInForce, line: str, now: datetime) -> dict[date, MarkedBy]:
    files = {mark: days_of(in_force.layers.said(key)) for key, mark in _keys(line).items()}
    return marked_by(SettingChangeStore(tx).all(), _keys(line), files, now)


def _latest(marked: Mapping[date, MarkedBy], year: int) -> list[Marking]:
    grouped: dict[MarkedBy, list[date]] = {}
    for day, by in marked.items():
        if day.year == year:
            grouped.setdefault(by, []).append(day)
    newest = sorted(grouped, key=lambda by: by.at, reverse=True)
    return [Marking(by, sorted(grouped[by])) for by in newest[:_LATEST_SHOWN]]
