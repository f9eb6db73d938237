"""A call as the screens show it in each stage of its way."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from hotline.domain.calls.call import (
    Call,
    Caller,
    MenuStep,
    Party,
    PartyKind,
    RecordingStart,
    Ring,
    RouteStep,
    Span,
    Talk,
)
from hotline.domain.calls.ledger import StoredCall
from hotline.domain.numbers import NO_NUMBER
from hotline.services.calls.live_calls import live_call, waiting_since
from hotline.settings import Home, Settings, load_settings
from tests.support.live_calls import ended, held, left_to_itself, ringing, stopped, talking, waiting
from tests.support.sample_calls import DUTY, MONDAY_TEN, bare_call

CALL = waiting("node1-1.1")


def at(seconds: float):  # type: ignore[no-untyped-def]
    return MONDAY_TEN + timedelta(seconds=seconds)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    home = Home(tmp_path_factory.mktemp("live") / "home")
    home.create()
    return load_settings(home, environment={})


def on_duty() -> Call:
    return replace(
        bare_call(),
        routes=(RouteStep(at(1), "duty", "13900000001", "after_hours"),),
        rings=(Ring(DUTY, at(3), None, 0.0, 0, ""),),
    )


def leaving_a_message() -> Call:
    return replace(bare_call(), recordings=(RecordingStart(at(5), "voicemail", "x.wav"),))


@pytest.mark.parametrize(
    ("call", "stage"),
    [
        (bare_call(), "ivr"),
        (CALL, "queue"),
        (ringing(CALL, "1001"), "ringing"),
        (talking(ringing(CALL, "1001"), "1001"), "talking"),
        (held(talking(ringing(CALL, "1001"), "1001")), "holding"),
        (on_duty(), "duty"),
        (replace(on_duty(), rings=()), "duty"),
        (leaving_a_message(), "voicemail"),
        (ended(CALL), "ended"),
        (ended(ringing(CALL, "1001")), "ended"),
    ],
)
def test_the_stage(call: Call, stage: str, settings: Settings) -> None:
    shown = live_call(StoredCall(7, call, ()), settings, at(8))
    assert shown.stage == stage
    assert (shown.ended_at is not None) == (stage == "ended")
    assert bool(shown.ringing) == (stage == "ringing" or (stage == "duty" and bool(call.rings)))


def test_a_ringing_phone_has_its_rings_counted(settings: Settings) -> None:
    """A8: a ring cycle is 5 s, and the first counts at once."""
    call = ringing(CALL, "1001", after=6)
    counted = [live_call(StoredCall(7, call, ()), settings, at(6 + s)).ringing[0].rings for s in (-1, 0, 4.9, 5, 15)]
    assert counted == [1, 1, 1, 2, 4]


def test_numbers_are_masked_for_who_may_not_see_them(settings: Settings) -> None:
    """A14"""
    masked = live_call(StoredCall(7, CALL, ()), settings, at(1))
    whole = live_call(StoredCall(7, CALL, ()), settings, at(1), whole_numbers=True)
    assert (masked.number, masked.number_shown) == (None, "138****8000")
    assert (whole.number, whole.number_shown) == ("+8613800138000", "13800138000")
    assert "13800138000" not in masked.model_dump_json()
    assert masked.region == "北京市 中国移动"


def test_a_withheld_number_and_a_mobile_are_not_shown_at_all(settings: Settings) -> None:
    call = replace(on_duty(), caller=Caller(NO_NUMBER, "anonymous", "", True), talks=(Talk(DUTY, at(9), None),))
    shown = live_call(StoredCall(7, call, ()), settings, at(10), whole_numbers=True)
    assert (shown.withheld, shown.number_shown, shown.region) == (True, "", "")
    assert shown.talking is not None
    assert (shown.talking.kind, shown.talking.extension, shown.talking.name) == (PartyKind.MOBILE, "", "李四")


def test_waiting_begins_with_the_queue_and_again_after_a_talk() -> None:
    rung = ringing(CALL, "1001", after=12)
    assert waiting_since(rung) == at(5)
    talk = talking(rung, "1001", after=20)
    assert waiting_since(talk) is None
    assert waiting_since(left_to_itself(talk, after=40)) is None
    assert waiting_since(ringing(left_to_itself(talk, after=40), "1002", after=41)) == at(41)
    assert waiting_since(ended(rung)) is None and waiting_since(bare_call()) is None


def test_what_is_unknown_to_the_settings_is_shown_as_it_is(settings: Settings) -> None:
    hostile = "<script>alert(1)</script>\u202e😀" + "x" * 10_000
    call = replace(
        stopped(CALL, "no_answer"),
        line="gone",
        menu=(MenuStep(at(2), "main", "1", "queue:x", hostile),),
        queues=(replace(CALL.queues[0], queue="gone"),),
        rings=(Ring(Party(PartyKind.OPERATOR, "1001", hostile), at(3), None, 0.0, 0, ""),),
    )
    shown = live_call(StoredCall(7, call, ()), settings, at(4))
    assert (shown.line.number_shown, shown.line.company) == ("gone", "示例公司")
    assert shown.queue is not None and shown.queue.name == "gone"
    assert shown.subject == shown.ringing[0].name == hostile


def test_a_paused_recording_is_shown(settings: Settings) -> None:
    """G2"""
    call = replace(talking(ringing(CALL, "1001"), "1001"), pauses=(Span(at(20), at(30)), Span(at(40), None)))
    assert live_call(StoredCall(7, call, ()), settings, at(50)).recording_paused_since == at(40)
    assert live_call(StoredCall(7, ended(call), ()), settings, at(70)).recording_paused_since is None


def test_every_shape_is_json_with_utc_times(settings: Settings) -> None:
    shown = live_call(StoredCall(7, ended(CALL), ()), settings, at(70)).model_dump(mode="json")
    assert shown["arrived_at"] == "2026-11-16T02:00:00Z" and shown["hung_up_by"] == "caller"
