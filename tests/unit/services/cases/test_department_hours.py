"""D8: a department's own time is counted by its own hours; all other clocks of the case by the site's."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.calendar_key import department_key, department_of
from hotline.domain.errors import Forbidden, NotFound
from hotline.domain.own_calendar import DayMark
from hotline.domain.people import Actor, Role
from hotline.services.calendar import work_calendar
from hotline.services.deadlines.moves import see_moves
from hotline.services.deadlines.recompute import recompute
from hotline.services.deadlines.view import OwnHours, ShownDeadline
from hotline.services.line.department_hours import DAYS, department_hours, set_department_hours
from hotline.services.line.holidays import calendar_year, mark_days
from hotline.services.settings.settings import WrongSettings
from hotline.storage.cases.store import CaseStore
from tests.support.cases import CHIEF, LI, Desk, a_desk, shanghai
from tests.support.instance import an_instance

#: A Monday.
NOW = shanghai(2026, 11, 16, 9)
EARLY = ["06:00-10:00", "10:30-14:30"]


@pytest.fixture
def hotline(tmp_path: Path) -> Hotline:
    return an_instance(tmp_path, NOW)


@pytest.fixture
def desk(hotline: Hotline) -> Desk:
    return a_desk(hotline.storage, hotline.settings, NOW)


def works(hotline: Hotline, department: str, **week: list[str] | None) -> None:
    set_department_hours(hotline.in_force, int(department), week, CHIEF, NOW)


def early(hotline: Hotline, department: str) -> None:
    works(hotline, department, **dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), EARLY))


def due(hotline: Hotline, desk: Desk, case_id: int | None, clock: str = "department") -> datetime | None:
    return shown(hotline, desk, case_id, clock).due_at


def shown(hotline: Hotline, desk: Desk, case_id: int | None, clock: str = "department") -> ShownDeadline:
    desk.settings = hotline.settings
    with desk.storage.reading() as tx:
        case = CaseStore(tx).by_ids([case_id or 0])[case_id or 0]
    return desk.clocks(case, NOW)[clock]


def test_a_key_is_a_departments_or_none() -> None:
    assert department_of(department_key(7)) == 7
    assert [department_of(each) for each in ("", "main", "department", "department x", department_key(None))] == [
        None
    ] * 5


def test_d8_the_departments_time_is_counted_by_its_own_hours_and_no_other_clock_is(
    hotline: Hotline, desk: Desk
) -> None:
    early(hotline, desk.tech)
    desk.settings = hotline.settings
    case = desk.acts(desk.open(NOW), NOW, "judge", "assign")
    # Eight working hours from 09:00: 1 + 4 today, 3 tomorrow from 06:00.
    assert due(hotline, desk, case.id) == shanghai(2026, 11, 17, 9)
    assert shown(hotline, desk, case.id).own_hours is OwnHours.DEPARTMENT
    assert shown(hotline, desk, case.id, "next_word").own_hours is None
    [first, second] = shown(hotline, desk, case.id).days
    assert [len(each.spans) for each in (first, second)] == [2, 1]
    usual = desk.acts(desk.open(NOW), NOW, "judge")
    usual = desk.act(usual, "assign", NOW, LI, department=desk.sales)
    assert due(hotline, desk, usual.id) == shanghai(2026, 11, 17, 9, 30)
    assert shown(hotline, desk, usual.id).own_hours is None


def test_what_is_decided_counts_anew_what_is_open_and_says_what_moved(hotline: Hotline, desk: Desk) -> None:
    case = desk.acts(desk.open(NOW), NOW, "judge", "assign")
    other = desk.act(desk.acts(desk.open(NOW), NOW, "judge"), "assign", NOW, LI, department=desk.sales)
    before = due(hotline, desk, other.id)
    early(hotline, desk.tech)
    moved = recompute(hotline.storage, hotline.settings, NOW).moved
    assert [(each.object_id, each.calendar_changed, each.term_changed) for each in moved] == [(case.id, True, False)]
    assert due(hotline, desk, case.id) == shanghai(2026, 11, 17, 9) and due(hotline, desk, other.id) == before
    works(hotline, desk.tech, **dict.fromkeys(DAYS))
    assert len(recompute(hotline.storage, hotline.settings, NOW).moved) == 1
    assert due(hotline, desk, case.id) == before
    assert len(see_moves(hotline.storage, CHIEF, NOW, 10).moves) == 2


def test_another_department_has_its_own_calendar_and_that_is_no_move(hotline: Hotline, desk: Desk) -> None:
    early(hotline, desk.tech)
    desk.settings = hotline.settings
    case = desk.acts(desk.open(NOW), NOW, "judge", "assign")
    desk.act(case, "reassign", NOW, LI, department=desk.sales, reason="属于市场部")
    assert due(hotline, desk, case.id) == shanghai(2026, 11, 17, 9, 30)
    assert see_moves(hotline.storage, CHIEF, NOW, 10).total == 0


def test_days_of_its_own_are_marked_in_its_calendar(hotline: Hotline, desk: Desk) -> None:
    key, closed = department_key(int(desk.tech)), date(2026, 11, 17)
    mark_days(hotline.in_force, CHIEF, [closed], DayMark.CLOSED, NOW, key)
    assert not work_calendar(hotline.settings, key).is_working_day(closed)
    assert work_calendar(hotline.settings).is_working_day(closed)
    desk.settings = hotline.settings
    case = desk.acts(desk.open(NOW), NOW, "judge", "assign")
    assert due(hotline, desk, case.id) == shanghai(2026, 11, 18, 9, 30)
    year = calendar_year(hotline.in_force, 2026, NOW, key)
    assert year.of == "技术部" and year.latest[0].days == [closed]
    assert department_hours(hotline.in_force, int(desk.tech), CHIEF).marked == 1
    with pytest.raises(NotFound):
        calendar_year(hotline.in_force, 2026, NOW, department_key(999))


def test_a_day_without_hours_is_closed_and_one_that_is_left_is_the_sites(hotline: Hotline, desk: Desk) -> None:
    works(hotline, desk.tech, mon=[], tue=None, sat=["09:00-24:00"])
    seen = department_hours(hotline.in_force, int(desk.tech), CHIEF)
    assert (seen.own["mon"], seen.own["tue"], seen.own["sat"]) == ([], None, ["09:00-24:00"])
    assert seen.usual["tue"] == ["09:00-12:00", "13:00-17:30"] and seen.name == "技术部"
    assert [(each.key, each.decided_by) for each in seen.changes] == [
        (f"departments.{desk.tech}.hours.sat", "chief"),
        (f"departments.{desk.tech}.hours.mon", "chief"),
    ]
    assert not set_department_hours(hotline.in_force, int(desk.tech), {"mon": []}, CHIEF, NOW), "nothing is otherwise"


def test_what_does_not_fit_is_refused_by_its_day(hotline: Hotline, desk: Desk) -> None:
    with pytest.raises(WrongSettings) as refused:
        works(hotline, desk.tech, mon=["12:00-09:00"], tue=["x"])
    assert set(refused.value.problems) == {"mon", "tue"}
    assert department_hours(hotline.in_force, int(desk.tech), CHIEF).own["mon"] is None


def test_who_decides_and_of_what(hotline: Hotline, desk: Desk) -> None:
    boss = Actor("boss", (Role.SUPERVISOR,), "班长", 3)
    assert department_hours(hotline.in_force, int(desk.tech), boss).name == "技术部"
    with pytest.raises(Forbidden):
        set_department_hours(hotline.in_force, int(desk.tech), {"mon": []}, boss, NOW)
    with pytest.raises(Forbidden):
        department_hours(hotline.in_force, int(desk.tech), LI)
    with pytest.raises(NotFound):
        department_hours(hotline.in_force, 999, CHIEF)
