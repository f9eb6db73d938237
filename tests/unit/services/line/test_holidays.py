"""A year entered by hand (A1): who marked what, back to the base, for the site and for one line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.calendar import DayKind
from hotline.domain.errors import Forbidden, NotFound, Refused
from hotline.domain.own_calendar import DayMark
from hotline.domain.people import Actor, Role
from hotline.services.calendar import work_calendar
from hotline.services.line.astdb import LinesInAstdb
from hotline.services.line.holidays import YearDay, calendar_year, cover_year, mark_days, year_to_show
from hotline.storage.audit import AuditLog
from tests.support.instance import an_instance, at, clock_of
from tests.support.pbx import RememberingPbx

SITE = """
[calendar]
closed = [2027-01-04]

[lines.main]
number = "4001234567"
menu = "main"

[lines.repairs]
number = "4007654321"
menu = "main"
hours.sat = ["09:00-12:00"]
"""
ADMIN = Actor("admin", (Role.ADMINISTRATOR,), "管理员")
OTHER = Actor("wang", (Role.ADMINISTRATOR,), "王")
NEW_YEAR, SUNDAY, SATURDAY = date(2027, 1, 1), date(2027, 1, 10), date(2027, 1, 9)


@pytest.fixture
def hotline(tmp_path: Path) -> Hotline:
    return an_instance(tmp_path, at("2026-11-15T10:00"), SITE)


def mark(hotline: Hotline, kind: DayMark | None, *days: date, line: str = "", actor: Actor = ADMIN) -> None:
    mark_days(hotline.in_force, actor, days, kind, hotline.clock(), line)


def shown(hotline: Hotline, day: date, line: str = "") -> YearDay:
    months = calendar_year(hotline.in_force, day.year, hotline.clock(), line).months
    return months[day.month - 1][day.day - 1]


def test_a_year_that_is_not_known_is_entered_and_noted_as_complete(hotline: Hotline) -> None:
    assert year_to_show(hotline.settings, hotline.clock()) == 2027
    mark(hotline, DayMark.CLOSED, NEW_YEAR)
    mark(hotline, DayMark.MAKEUP, SUNDAY)
    cover_year(hotline.in_force, ADMIN, 2027, True, hotline.clock())
    calendar = work_calendar(hotline.settings)
    assert (calendar.is_working_day(NEW_YEAR), calendar.is_working_day(SUNDAY), calendar.knows(2027)) == (
        False,
        True,
        True,
    )
    assert year_to_show(hotline.settings, hotline.clock()) == 2026
    assert calendar_year(hotline.in_force, 2027, hotline.clock()).covered
    cover_year(hotline.in_force, ADMIN, 2027, False, hotline.clock())
    assert year_to_show(hotline.settings, hotline.clock()) == 2027


def test_a_day_has_one_mark_and_goes_back_to_its_base(hotline: Hotline) -> None:
    day = date(2026, 10, 1)
    assert (shown(hotline, day).day.kind, shown(hotline, day).mark) == (DayKind.HOLIDAY, None)
    mark(hotline, DayMark.OPEN, day)
    mark(hotline, DayMark.MAKEUP, day)
    found = shown(hotline, day)
    assert (found.day.kind, found.base.kind, found.mark) == (DayKind.MAKEUP, DayKind.HOLIDAY, DayMark.MAKEUP)
    assert hotline.settings.calendar.open == ()
    mark(hotline, None, day)
    assert (shown(hotline, day).day.kind, shown(hotline, day).mark) == (DayKind.HOLIDAY, None)


def test_who_marked_a_day_last_is_known(hotline: Hotline) -> None:
    mark(hotline, DayMark.CLOSED, NEW_YEAR, SUNDAY)
    clock_of(hotline).advance(hours=1)
    mark(hotline, DayMark.OPEN, SUNDAY, actor=OTHER)
    first, then = shown(hotline, NEW_YEAR).marked, shown(hotline, SUNDAY).marked
    assert first and (first.by, first.mark, first.at) == ("admin", DayMark.CLOSED, at("2026-11-15T10:00"))
    assert then and (then.by, then.mark, then.at) == ("wang", DayMark.OPEN, at("2026-11-15T11:00"))
    latest = calendar_year(hotline.in_force, 2027, hotline.clock()).latest
    assert [(each.marked.by, list(each.days)) for each in latest] == [("wang", [SUNDAY]), ("admin", [NEW_YEAR])]
    from_file = shown(hotline, date(2027, 1, 4))
    assert (from_file.mark, from_file.marked) == (DayMark.CLOSED, None)
    clock_of(hotline).advance(hours=1)
    mark(hotline, None, SUNDAY)
    taken = shown(hotline, SUNDAY).marked
    assert taken and (taken.by, taken.mark) == ("admin", None)


def test_a_line_has_days_of_its_own_over_the_sites(hotline: Hotline) -> None:
    mark(hotline, DayMark.CLOSED, SATURDAY, NEW_YEAR)
    mark(hotline, DayMark.OPEN, NEW_YEAR, line="repairs")
    assert shown(hotline, NEW_YEAR, "repairs").day.hours and not shown(hotline, NEW_YEAR).day.hours
    saturday = shown(hotline, SATURDAY, "repairs")
    assert (saturday.mark, saturday.base.kind) == (None, DayKind.SITE_CLOSED)
    mark(hotline, None, NEW_YEAR, line="repairs")
    assert not shown(hotline, NEW_YEAR, "repairs").day.hours
    mark(hotline, DayMark.MAKEUP, SUNDAY, line="main")
    assert work_calendar(hotline.settings, "main").is_working_day(SUNDAY)
    assert not work_calendar(hotline.settings, "repairs").is_working_day(SUNDAY)


def test_a1_what_is_marked_is_told_to_asterisk_with_the_next_look(hotline: Hotline) -> None:
    clock_of(hotline).now = at("2026-11-16T10:00")
    pbx = RememberingPbx()
    astdb = LinesInAstdb(hotline.storage, pbx, lambda: hotline.settings)
    astdb.write(hotline.clock())
    assert pbx.database["hotline/repairs/mode"] == "open"
    mark(hotline, DayMark.CLOSED, date(2026, 11, 16), line="repairs")
    astdb.write(hotline.clock())
    assert (pbx.database["hotline/repairs/mode"], pbx.database["hotline/main/mode"]) == ("closed", "open")


def test_only_administrators_mark_days_of_lines_that_there_are(hotline: Hotline) -> None:
    with pytest.raises(Forbidden):
        mark(hotline, DayMark.CLOSED, NEW_YEAR, actor=Actor("wang", (Role.SUPERVISOR,), "王"))
    with pytest.raises(NotFound):
        mark(hotline, DayMark.CLOSED, NEW_YEAR, line="gone")
    with pytest.raises(Refused):
        mark(hotline, DayMark.CLOSED)
    with pytest.raises(Refused):
        mark(hotline, DayMark.CLOSED, date(1999, 1, 1))
    assert shown(hotline, NEW_YEAR).mark is None


def test_f8_what_was_decided_stands_in_the_audit_log(hotline: Hotline) -> None:
    mark(hotline, DayMark.CLOSED, NEW_YEAR, line="repairs")
    with hotline.storage.reading() as tx:
        [entry] = AuditLog(tx).latest(5)
    assert (entry["who"], entry["action"], entry["object"]) == (
        "admin",
        "settings.change",
        "setting:lines.repairs.calendar.closed",
    )
