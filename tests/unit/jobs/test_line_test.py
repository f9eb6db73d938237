"""A4: a line nobody has called for 60 minutes of working time dials itself; a fault is an alert."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from hotline.domain.calls.call import Direction
from hotline.domain.errors import NotFound, Refused
from hotline.domain.line.line_test import LineTest
from hotline.domain.reasons import because
from hotline.services.line import line_test
from hotline.settings import Home, load_settings
from hotline.storage.alerts import AlertStore
from hotline.storage.calls.store import CallStore
from hotline.storage.line.line_tests import LineTestStore
from hotline.storage.transaction import Storage
from tests.support.pbx import RememberingPbx
from tests.support.rows import MORNING, a_call, a_storage

MINUTE = timedelta(minutes=1)


class Line:
    """The line `main`, open 09:00–12:00 and 13:00–17:30; MORNING is 10:00 on a Wednesday."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.settings = load_settings(Home(folder), {f"HOTLINE_{key}": value for key, value in environment.items()})
        self.storage: Storage = a_storage(folder)
        self.pbx = RememberingPbx()
        self.since = MORNING

    def watch(self, now: Any) -> list[LineTest]:
        return line_test.watch(self.storage, self.pbx, self.settings, self.since, now)

    def call(self, started_at: Any, **changes: Any) -> None:
        with self.storage.writing() as tx:
            CallStore(tx).save([a_call(f"a.{started_at.timestamp()}", started_at, **changes)], started_at)

    def arrive(self, at: Any, **changes: Any) -> None:
        self.call(at, **{"direction": Direction.LINE_TEST, "answered_by": None, **changes})

    def latest(self) -> LineTest | None:
        with self.storage.reading() as tx:
            return LineTestStore(tx).latest("main")

    def fault(self) -> str:
        with self.storage.reading() as tx:
            return "".join(alert.detail for alert in AlertStore(tx).open() if alert.kind == "line_fault")


@pytest.fixture
def line(tmp_path: Path) -> Line:
    return Line(tmp_path)


def test_an_idle_line_is_dialled_through_the_carrier_at_its_own_number(line: Line) -> None:
    line.call(MORNING)
    assert line.watch(MORNING + 59 * MINUTE) == []
    now = MORNING + 60 * MINUTE
    (test,) = line.watch(now)
    assert line.pbx.dialled == [
        ("PJSIP/4001234567@trunk", "hl-line-test", "s", "4001234567", {"HL_TEST_ID": test.id}, 30)
    ]
    assert line.pbx.database == {"hotline/line_test_until": str(int(now.timestamp()) + 30)}
    assert (test.line, test.result) == ("main", "running")


def test_only_working_time_counts_as_idle(line: Line) -> None:
    """Called at 11:30: the lunch break does not count, so the test is due at 13:30."""
    line.call(MORNING + 90 * MINUTE)
    assert line.watch(MORNING + 119 * MINUTE) == []
    assert line.watch(MORNING + 150 * MINUTE) == [], "12:30 is lunch"
    assert line.watch(MORNING + 209 * MINUTE) == []
    assert len(line.watch(MORNING + 210 * MINUTE)) == 1


def test_the_line_is_not_tested_outside_working_hours(line: Line) -> None:
    line.call(MORNING - timedelta(days=2))
    assert line.watch(MORNING + timedelta(hours=12)) == []
    assert line.watch(MORNING + timedelta(days=3)) == [], "a Saturday"


def test_a_test_that_arrives_answered_passes(line: Line) -> None:
    now = MORNING + 60 * MINUTE
    line.watch(now)
    line.arrive(now + timedelta(seconds=2), ended_at=None, outcome=None)
    line.watch(now + timedelta(seconds=10))
    latest = line.latest()
    assert latest and (latest.result, latest.finished_at) == ("passed", now + timedelta(seconds=10))
    assert line.fault() == ""
    assert line.watch(now + 120 * MINUTE) == [], "59:58 of working time before lunch, none after"
    assert len(line.watch(now + 121 * MINUTE)) == 1


@pytest.mark.parametrize(
    ("seconds", "changes"),
    [
        (-5, {}),  # the arrival of an earlier test
        (2, {"answered_at": None}),  # arrived, but Asterisk did not take it
        (2, {"line": "other"}),
        (2, {"direction": Direction.INTERNAL}),  # the half that we began: the carrier's announcement answered
    ],
)
def test_a_test_whose_call_does_not_arrive_fails_and_is_an_alert(
    line: Line, seconds: float, changes: dict[str, Any]
) -> None:
    now = MORNING + 60 * MINUTE
    line.watch(now)
    line.arrive(now + timedelta(seconds=seconds), **changes)
    line.watch(now + timedelta(seconds=34))
    assert (line.latest() or LineTest("", "", now)).result == "running"
    line.watch(now + timedelta(seconds=35))
    assert (line.latest() or LineTest("", "", now)).result == "failed"
    assert line.fault() == "line.test_did_not_arrive seconds=30"


def test_a_failed_line_is_tried_again_and_a_passing_test_ends_the_alert(line: Line) -> None:
    now = MORNING + 60 * MINUTE
    line.pbx.away = "Asterisk cannot be reached"
    line.watch(now)
    assert line.fault() == "line.test_not_begun why=(Asterisk cannot be reached)"
    line.pbx.away = ""
    assert line.watch(now + 9 * MINUTE) == []
    later = now + 10 * MINUTE
    assert len(line.watch(later)) == 1
    line.arrive(later + timedelta(seconds=1))
    line.watch(later + timedelta(seconds=10))
    assert line.fault() == ""


def test_any_call_that_arrives_shows_that_the_line_works(line: Line) -> None:
    now = MORNING + 60 * MINUTE
    line.pbx.away = "Asterisk cannot be reached"
    line.watch(now)
    line.pbx.away = ""
    line.call(now + MINUTE)
    line.watch(now + 2 * MINUTE)
    assert line.fault() == ""
    assert line.pbx.dialled == []


def test_one_test_at_a_time(line: Line) -> None:
    line.watch(MORNING + 60 * MINUTE)
    assert line.watch(MORNING + 60 * MINUTE + timedelta(seconds=20)) == []


def test_a_test_that_a_crash_left_running_is_settled(line: Line) -> None:
    with line.storage.writing() as tx:
        LineTestStore(tx).add(LineTest("old", "main", MORNING - timedelta(days=1)))
    (new,) = line.watch(MORNING)
    with line.storage.reading() as tx:
        assert [test.id for test in LineTestStore(tx).running()] == [new.id]


def test_a_line_called_a_year_ago_is_idle(line: Line) -> None:
    line.call(MORNING - timedelta(days=365))
    assert len(line.watch(MORNING)) == 1


@pytest.mark.parametrize(
    ("variable", "why"), [("TRUNK__TEST_CALL", "line.test_not_allowed"), ("LINE_TEST__ENABLED", "line.test_off")]
)
def test_a_line_that_may_not_be_tested_says_so_and_has_no_fault(tmp_path: Path, variable: str, why: str) -> None:
    line = Line(tmp_path, **{variable: "false"})
    with line.storage.writing() as tx:
        AlertStore(tx).raise_("line_fault", "main", "from before", MORNING)
    assert line.watch(MORNING + timedelta(hours=6)) == []
    assert line.fault() == "" and line.pbx.dialled == []
    (status,) = line_test.statuses(line.storage, line.settings)
    assert status.not_tested == because(why)
    with pytest.raises(Refused, match=rf"^line.not_tested line=main why=\({why}\)$"):
        line_test.start(line.storage, line.pbx, line.settings, "main", MORNING)


def test_the_status_of_a_line_has_its_latest_call_and_test(line: Line) -> None:
    line.call(MORNING)
    line.watch(MORNING + 60 * MINUTE)
    (status,) = line_test.statuses(line.storage, line.settings)
    assert (status.line, status.number, status.not_tested) == ("main", "4001234567", None)
    assert (status.last_arrival, status.latest) == (MORNING, line.latest())


def test_an_unknown_line_is_refused_by_name(line: Line) -> None:
    with pytest.raises(NotFound, match=r"^line.no_line line=x lines=\[main\]$"):
        line_test.start(line.storage, line.pbx, line.settings, "x", MORNING)
