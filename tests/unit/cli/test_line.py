"""`hotline line`: open and closed by the supervisor's hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from hotline.storage.audit import AuditLog
from tests.support.instance import an_instance, at, clock_of, run, run_json

SITE = """
[duty]
always = [{ person = "张三", number = "13800000000" }]
"""


@pytest.fixture
def hotline(tmp_path: Path) -> Hotline:
    return an_instance(tmp_path, at("2026-09-16T10:00"), SITE)


def test_a1_the_status_says_open_until_the_lunch_break(hotline: Hotline) -> None:
    assert run_json(hotline, "line", "status") == {
        "open": True,
        "reason": "working_time",
        "until": "2026-09-16T04:00:00Z",
        "then_open": False,
        "duty": [{"person": "张三", "number": "13800000000"}],
        "override": None,
    }
    text = run(hotline, "line", "status").stdout
    assert "The line is open (working time)" in text
    assert "until 2026-09-16 12:00, then closed" in text
    assert "张三 13800000000" in text


def test_a1_closed_now_holds_until_its_time_and_then_the_calendar_counts(hotline: Hotline) -> None:
    declared = run_json(hotline, "line", "close", "--until", "11:00", "--reason", "停电", "--by", "王主管")
    assert (declared["open"], declared["until"]) == (False, "2026-09-16T03:00:00Z")
    assert declared["override"]["by"] == "王主管"
    assert "declared by 王主管 until 2026-09-16 11:00: 停电" in run(hotline, "line", "status").stdout
    clock_of(hotline).advance(hours=1)
    assert run_json(hotline, "line", "status")["reason"] == "working_time"


def test_a1_open_now_ends_with_auto(hotline: Hotline) -> None:
    clock_of(hotline).now = at("2026-10-01T20:00")
    assert run_json(hotline, "line", "status")["reason"] == "public_holiday"
    assert "open until 2026-10-01 22:00" in run(hotline, "line", "open", "--until", "+2h", "--reason", "促销").stdout
    assert run_json(hotline, "line", "status")["reason"] == "declared_open"
    assert "by the calendar again" in run(hotline, "line", "auto").stdout
    assert run_json(hotline, "line", "status")["reason"] == "public_holiday"
    assert "Nothing was declared" in run(hotline, "line", "auto").stdout


def test_what_is_declared_last_counts_and_what_stood_before_does_not_come_back(hotline: Hotline) -> None:
    run_json(hotline, "line", "open", "--until", "20:00", "--reason", "促销")
    run_json(hotline, "line", "close", "--until", "19:00", "--reason", "停电")
    clock_of(hotline).now = at("2026-09-16T19:30")
    assert run_json(hotline, "line", "status")["reason"] == "after_hours"


def test_a_clock_time_that_has_passed_means_tomorrow(hotline: Hotline) -> None:
    declared = run_json(hotline, "line", "close", "--until", "09:00", "--reason", "盘点")
    assert declared["override"]["until"] == "2026-09-17T01:00:00Z"


@pytest.mark.parametrize(
    ("until", "said"),
    [
        ("2026-09-16 09:00", "until: The end must lie ahead"),
        ("now", "until: The end must lie ahead"),
        ("-1h", "until: The end must lie ahead"),
        ("2027-09-16", "at most 60 days ahead, 2027-09-16 00:00 is not"),
        ("soon", "was expected, not “soon”."),
    ],
)
def test_a_time_that_makes_no_sense_is_refused_in_clear_words(hotline: Hotline, until: str, said: str) -> None:
    result = run(hotline, "line", "close", "--until", until, "--reason", "盘点")
    assert result.exit_code != 0
    assert said in result.stderr
    assert run_json(hotline, "line", "status")["override"] is None


def test_a_reason_is_needed(hotline: Hotline) -> None:
    assert run(hotline, "line", "close", "--until", "11:00").exit_code == 2


def test_f8_what_was_declared_stands_in_the_audit_log(hotline: Hotline) -> None:
    run_json(hotline, "line", "close", "--until", "11:00", "--reason", "停电", "--by", "王主管")
    run_json(hotline, "line", "auto", "--by", "李主管")
    with hotline.storage.reading() as tx:
        entries = [(entry["who"], entry["action"]) for entry in AuditLog(tx).latest(10)]
    assert sorted(entries) == [("李主管", "line.auto"), ("王主管", "line.closed")]


def test_without_duty_the_status_says_that_callers_get_voicemail(tmp_path: Path) -> None:
    assert "nobody" in run(an_instance(tmp_path, at("2026-09-16T20:00")), "line", "status").stdout
