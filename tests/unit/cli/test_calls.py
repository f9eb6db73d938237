"""`hotline calls`: the ledger, for people and for programs."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.calls.call import Caller, Direction, Outcome, RecordingStart
from hotline.domain.numbers import NO_NUMBER, Number
from hotline.services.calls.view import call_view
from hotline.storage.audit import AuditLog
from hotline.storage.calls.store import CallStore
from hotline.storage.recordings.store import RecordingStore
from tests.support.instance import an_instance, run, run_json
from tests.support.rows import MORNING, a_call, a_recording
from tests.support.words import english


@pytest.fixture
def hotline(tmp_path: Path) -> Hotline:
    """Three calls, a minute apart from 10:00 on: answered, abandoned, still going on; and one among ourselves."""
    hotline = an_instance(tmp_path, MORNING + timedelta(hours=1))
    talk = (RecordingStart(MORNING, "talk", "one.raw"),)
    calls = [
        a_call("one", MORNING, recordings=talk),
        a_call(
            "two",
            MORNING + timedelta(minutes=1),
            outcome=Outcome.ABANDONED_QUEUE,
            answered_by=None,
            caller=Caller(NO_NUMBER, "<script>[bold]", withheld=True),
        ),
        a_call(
            "three",
            MORNING + timedelta(minutes=2),
            ended_at=None,
            outcome=None,
            answered_by=None,
            caller=Caller(Number("+862112345678"), "02112345678"),
        ),
        a_call("four", MORNING + timedelta(minutes=3), direction=Direction.INTERNAL),
    ]
    with hotline.storage.writing() as tx:
        CallStore(tx).save(calls, MORNING)
        RecordingStore(tx).announce([a_recording("one")])
    return hotline


def linkedids(hotline: Hotline, *options: str) -> list[str]:
    return [call["linkedid"] for call in run_json(hotline, "calls", *options)]


def test_the_newest_call_comes_first_and_calls_among_ourselves_are_left_out(hotline: Hotline) -> None:
    assert linkedids(hotline) == ["three", "two", "one"]


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (("--since", "2026-03-11T10:01"), ["three", "two"]),
        (("--since", "2026-03-11T02:01:00Z"), ["three", "two"]),
        (("--until", "2026-03-11T10:01"), ["one"]),
        (("--since", "2026-03-12"), []),
        (("--outcome", "answered"), ["one"]),
        (("--outcome", "answered", "--outcome", "abandoned_queue"), ["two", "one"]),
        (("--caller", "138 0013 8000"), ["one"]),
        (("--caller", "8000"), ["one"]),
        (("--limit", "1"), ["three"]),
    ],
)
def test_each_option_narrows_what_is_shown(hotline: Hotline, options: tuple[str, ...], found: list[str]) -> None:
    assert linkedids(hotline, *options) == found


def test_programs_get_the_same_object_as_from_the_api(hotline: Hotline) -> None:
    with hotline.storage.reading() as tx:
        stored = CallStore(tx).by_id(1)
    assert stored is not None
    (call,) = run_json(hotline, "calls", "--outcome", "answered")
    assert call == call_view(stored, english)
    assert (call["id"], call["recordings"][0]["state"]) == (1, "pending")


def test_people_get_a_line_a_call_to_the_letter(hotline: Hotline) -> None:
    head, three, two, one = run(hotline, "calls").output.splitlines()
    assert head.split()[:3] == ["id", "began", "line"]
    assert "2026-03-11 10:02:00" in three and "in progress" in three
    assert "withheld" in two and "abandoned_queue" in two
    assert "赵敏 1001" in one and "60 s" in one


def test_what_is_not_shown_is_told(hotline: Hotline) -> None:
    assert run(hotline, "calls", "--limit", "2").output.splitlines()[-1] == "2 of 3 calls; --limit shows more"


def test_f8_taking_calls_out_stands_in_the_audit_log(hotline: Hotline) -> None:
    run_json(hotline, "calls")
    with hotline.storage.reading() as tx:
        (entry,) = AuditLog(tx).latest(10)
    assert (entry["action"], entry["detail"]) == ("calls.export", "3 calls")
    assert str(entry["who"]).startswith("cli")


@pytest.mark.parametrize("option", [("--since", "yesterday-ish"), ("--outcome", "happy"), ("--limit", "0")])
def test_wrong_options_are_refused_by_name(hotline: Hotline, option: tuple[str, str]) -> None:
    result = run(hotline, "calls", *option)
    assert result.exit_code == 2
    assert option[0] in result.output


def test_a_call_that_waited_in_no_queue_has_no_wait_as_on_the_page(hotline: Hotline) -> None:
    """A call that a duty mobile took was rung, and stood in no line."""
    with hotline.storage.writing() as tx:
        CallStore(tx).save([a_call("mobile", MORNING + timedelta(minutes=9), queues=(), wait_seconds=6.0)], MORNING)
    first = next(line for line in run(hotline, "calls").output.splitlines() if "10:09" in line)
    assert "6 s" not in first and "–" in first
