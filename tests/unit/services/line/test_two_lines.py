"""Two lines with hours, days and duty people of their own (A1, A2, A16)."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.line.routing import Arrival, RouteKind
from hotline.services.calendar import work_calendar
from hotline.services.line import line, roster
from hotline.services.line.astdb import LinesInAstdb
from hotline.services.line.known_numbers import load_directory
from hotline.services.line.names import line_names
from hotline.services.line.roster import BadShift, NewShift, ShiftProblem
from hotline.services.line.routing import decide, lines_shown
from tests.support.instance import an_instance, at
from tests.support.pbx import RememberingPbx

SITE = """
[duty]
always = [{ person = "张三", number = "13800000000" }]

[lines.main]
number = "4001234567"
menu = "main"

[lines.repairs]
number = "4007654321"
company = "长城维修"
menu = "main"
hours.mon = ["08:00-20:00"]
hours.tue = ["08:00-20:00"]
hours.wed = ["08:00-20:00"]
hours.sun = ["10:00-16:00"]
hours.makeup_day = ["10:00-16:00"]
calendar = { closed = [2026-09-21], open = [2026-10-05], makeup = [2026-09-26] }
duty = { always = [{ person = "赵六", number = "13800000006" }], gap_warn_days = 2 }
"""

DAY = timedelta(days=1)


@pytest.fixture
def hotline(tmp_path: Path) -> Hotline:
    return an_instance(tmp_path, at("2026-09-16T10:00"), SITE)


def open_lines(hotline: Hotline, moment: datetime) -> set[str]:
    return {shown.line for shown in lines_shown(hotline.storage, hotline.settings, moment) if shown.state.open}


def on_duty(hotline: Hotline, moment: datetime) -> dict[str, list[str]]:
    shown = lines_shown(hotline.storage, hotline.settings, moment)
    return {each.line: [duty.person for duty in each.state.duty] for each in shown}


def add(hotline: Hotline, person: str, number: str, since: str, until: str, *lines: str) -> None:
    shift = NewShift(person, (number,), at(since), at(until), lines=lines)
    roster.add_shift(hotline.storage, shift, "test", at("2026-09-01T00:00"), line_names(hotline.settings))


@pytest.mark.parametrize(
    ("moment", "open_then"),
    [
        ("2026-09-16T08:30", {"repairs"}),  # before the site's hours
        ("2026-09-16T10:00", {"main", "repairs"}),
        ("2026-09-16T12:30", {"repairs"}),  # lunch
        ("2026-09-16T18:30", {"repairs"}),  # evening
        ("2026-09-17T18:30", set()),  # Thursday: the line says nothing of it, so the site's hours hold
        ("2026-10-01T10:00", set()),  # holiday
        ("2026-10-05T10:00", {"repairs"}),  # holiday, worked on one line with Monday's hours
        ("2026-09-20T09:30", {"main"}),  # make-up Sunday, each line with its own hours for one
        ("2026-09-20T15:30", {"main", "repairs"}),
        ("2026-09-20T16:30", {"main"}),
        ("2026-09-21T10:00", {"main"}),  # Monday, closed on one line
        ("2026-09-26T11:00", {"repairs"}),  # Saturday, a make-up day of one line
    ],
)
def test_a1_each_line_goes_by_its_own_hours_and_days(hotline: Hotline, moment: str, open_then: set[str]) -> None:
    assert open_lines(hotline, at(moment)) == open_then
    for arrival in ("main", "repairs"):
        decided = decide(hotline.storage, hotline.settings, Arrival(arrival), at(moment))
        assert decided.kind is (RouteKind.MENU if arrival in open_then else RouteKind.DUTY)


def test_a_calendar_is_worked_out_once_and_anew_for_other_settings(hotline: Hotline, tmp_path: Path) -> None:
    settings = hotline.settings
    assert work_calendar(settings, "repairs") is work_calendar(settings, "repairs")
    assert work_calendar(settings, "gone") is work_calendar(settings)
    other = an_instance(tmp_path / "other", at("2026-09-16T10:00"), SITE.replace("20:00", "21:00"))
    assert work_calendar(other.settings, "repairs") != work_calendar(settings, "repairs")
    assert work_calendar(other.settings) == work_calendar(settings)


def test_a2_a_shift_that_names_lines_takes_their_callers_alone(hotline: Hotline) -> None:
    add(hotline, "王五", "13800000005", "2026-09-16T17:30", "2026-09-18T09:00", "repairs")
    add(hotline, "李四", "13800000004", "2026-09-16T17:30", "2026-09-18T09:00", "400-123-4567")
    add(hotline, "孙七", "13800000007", "2026-09-17T00:00", "2026-09-18T00:00")
    night = at("2026-09-16T22:00")
    assert on_duty(hotline, night) == {"main": ["李四", "张三"], "repairs": ["王五", "赵六"]}
    assert on_duty(hotline, night + DAY) == {"main": ["孙七", "李四", "张三"], "repairs": ["孙七", "王五", "赵六"]}
    overlaps = roster.find_overlaps(hotline.storage, hotline.settings, night, night + 2 * DAY)
    assert {(o.one.person, o.other.person) for o in overlaps} == {("王五", "孙七"), ("李四", "孙七")}


def test_a2_a_line_that_there_is_not_is_refused(hotline: Hotline) -> None:
    with pytest.raises(BadShift) as refused:
        add(hotline, "王五", "13800000005", "2026-09-16T17:30", "2026-09-18T09:00", "长城")
    assert (refused.value.problem, refused.value.got) == (ShiftProblem.LINE, "长城")


def test_a16_each_line_has_gaps_of_its_own(hotline: Hotline) -> None:
    add(hotline, "李四", "13800000004", "2026-09-16T00:00", "2026-09-20T00:00", "main")
    add(hotline, "王五", "13800000005", "2026-09-16T00:00", "2026-09-17T00:00", "repairs")
    found = roster.find_gaps(hotline.storage, hotline.settings, at("2026-09-16T00:00"), at("2026-09-17T12:00"))
    assert [(gap.lines, gap.starts_at, gap.ends_at) for gap in found] == [
        (("repairs",), at("2026-09-17T00:00"), at("2026-09-17T09:00"))
    ]
    assert roster.unwatched(hotline.storage, hotline.settings, at("2026-09-16T00:00")) == []  # somebody always is


def test_a16_lines_are_warned_of_by_their_own_days(tmp_path: Path) -> None:
    nobody = SITE.replace('always = [{ person = "赵六", number = "13800000006" }]', "always = []")
    hotline = an_instance(tmp_path, at("2026-09-16T00:00"), nobody)
    add(hotline, "王五", "13800000005", "2026-09-16T00:00", "2026-09-19T00:00", "repairs")
    assert roster.unwatched(hotline.storage, hotline.settings, at("2026-09-16T00:00")) == []
    [gap] = roster.unwatched(hotline.storage, hotline.settings, at("2026-09-17T12:00"))
    assert gap.lines == ("repairs",)


def test_a1_asterisk_is_told_of_each_line(hotline: Hotline) -> None:
    pbx = RememberingPbx()
    evening = at("2026-09-16T18:30")
    assert LinesInAstdb(hotline.storage, pbx, lambda: hotline.settings).write(evening)
    kept = pbx.database
    assert (kept["hotline/main/mode"], kept["hotline/main/duty"]) == ("closed", "13800000000")
    assert (kept["hotline/repairs/mode"], kept["hotline/repairs/duty"]) == ("open", "13800000006")
    assert kept["hotline/repairs/until"] == str(int(at("2026-09-16T20:00").timestamp()))


def test_a1_one_line_is_declared_and_the_others_are_not(hotline: Hotline) -> None:
    now, until = at("2026-09-16T10:00"), at("2026-09-16T11:00")
    line.declare(hotline.storage, "closed", until, "王主管", "停电", now, "repairs")
    assert open_lines(hotline, now) == {"main"}
    line.declare(hotline.storage, "closed", until + timedelta(hours=1), "王主管", "演习", now)
    assert open_lines(hotline, now) == set()
    assert line.go_by_calendar(hotline.storage, "王主管", now, "main")
    assert open_lines(hotline, now) == {"main"}
    assert not line.go_by_calendar(hotline.storage, "王主管", now, "main")
    assert open_lines(hotline, until) == {"main"}
    assert line.go_by_calendar(hotline.storage, "王主管", now)
    assert open_lines(hotline, now) == {"main", "repairs"}


def test_a1_what_was_declared_for_all_holds_on_when_a_lines_own_is_over(hotline: Hotline) -> None:
    now = at("2026-09-16T10:00")
    line.declare(hotline.storage, "closed", at("2026-09-16T11:30"), "王主管", "演习", now)
    line.declare(hotline.storage, "open", at("2026-09-16T10:30"), "王主管", "临时", now, "main")
    [main, _] = lines_shown(hotline.storage, hotline.settings, now)
    assert (main.state.open, main.state.until, main.state.then_open) == (True, at("2026-09-16T10:30"), False)
    assert open_lines(hotline, at("2026-09-16T10:30")) == set()


def test_a2_the_mobiles_of_every_line_are_known_to_the_ledger(hotline: Hotline) -> None:
    add(hotline, "王五", "13800000005", "2026-09-16T17:30", "2026-09-18T09:00", "repairs")
    mobiles = load_directory(hotline.storage, hotline.settings, at("2026-09-16T18:00")).mobiles
    assert mobiles == {"13800000000": "张三", "13800000006": "赵六", "13800000005": "王五"}
