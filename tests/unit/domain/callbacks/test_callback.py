"""Which calls we owe a call back, and until when (A9)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest

from hotline.domain.calendar import Hours, WorkCalendar
from hotline.domain.callbacks.callback import callback_owed
from hotline.domain.callbacks.owed import CallbackReason
from hotline.domain.calls.call import Call, Caller, Direction, Outcome, QueueStay
from hotline.domain.numbers import NO_NUMBER, Number
from hotline.domain.time import SHANGHAI

WORKDAY = (Hours(time(9), time(12)), Hours(time(13), time(17, 30)))
CALENDAR = WorkCalendar((WORKDAY,) * 5 + ((), ()), WORKDAY)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)


ABANDONED = Call(
    node="node1",
    linkedid="node1-1.1",
    direction=Direction.INBOUND,
    line="main",
    dialled="4001234567",
    caller=Caller(Number("+8613900000001"), "13900000001"),
    started_at=at("2026-09-16T11:45"),
    answered_at=at("2026-09-16T11:45"),
    ended_at=at("2026-09-16T11:50"),
    outcome=Outcome.ABANDONED_QUEUE,
    answered_by=None,
    talk_started_at=None,
    wait_seconds=200.0,
    ring_seconds=0.0,
    talk_seconds=0.0,
    hold_seconds=0.0,
    menu=(),
    routes=(),
    queues=(QueueStay("service", at("2026-09-16T11:46"), at("2026-09-16T11:50"), "abandoned"),),
    rings=(),
    talks=(),
    holds=(),
    pauses=(),
    transfers=(),
    recordings=(),
    hang_up=None,
)


@pytest.mark.parametrize(
    ("outcome", "reason"),
    [
        (Outcome.ABANDONED_QUEUE, CallbackReason.ABANDONED),
        (Outcome.ABANDONED_IVR, CallbackReason.ABANDONED),
        (Outcome.NO_ANSWER, CallbackReason.MISSED),
        (Outcome.FORWARDED_UNANSWERED, CallbackReason.MISSED),
        (Outcome.FAILED, CallbackReason.MISSED),
        (Outcome.VOICEMAIL, CallbackReason.VOICEMAIL),
        (Outcome.CALLBACK_REQUESTED, CallbackReason.REQUESTED),
    ],
)
def test_a9_every_call_that_did_not_get_through_is_owed_a_callback(outcome: Outcome, reason: CallbackReason) -> None:
    owed = callback_owed(replace(ABANDONED, outcome=outcome), CALENDAR, 30)
    assert owed is not None
    assert (owed.reason, owed.number, owed.line) == (reason, "+8613900000001", "main")
    assert (owed.node, owed.linkedid) == ("node1", "node1-1.1")


def test_a9_it_is_due_in_30_minutes_of_working_time_after_the_call_ended() -> None:
    owed = callback_owed(ABANDONED, CALENDAR, 30)
    assert owed is not None
    assert owed.due_at == at("2026-09-16T13:20")


def test_a9_a_site_without_working_hours_goes_by_the_clock_on_the_wall() -> None:
    owed = callback_owed(ABANDONED, WorkCalendar(((),) * 7, ()), 30)
    assert owed is not None
    assert owed.due_at == at("2026-09-16T12:20")


def test_a9_the_caller_keeps_the_place_of_the_moment_they_began_to_wait() -> None:
    waited = callback_owed(ABANDONED, CALENDAR, 30)
    never_waited = callback_owed(replace(ABANDONED, queues=()), CALENDAR, 30)
    assert waited and waited.queued_at == at("2026-09-16T11:46")
    assert never_waited and never_waited.queued_at == at("2026-09-16T11:45")


def test_a9_the_number_that_the_caller_left_comes_before_the_one_they_called_from() -> None:
    asked = replace(ABANDONED, outcome=Outcome.CALLBACK_REQUESTED, callback_number=Number("+861088886666"))
    owed = callback_owed(asked, CALENDAR, 30)
    assert owed and owed.number == "+861088886666"
    hidden = replace(asked, caller=Caller(NO_NUMBER, "anonymous", withheld=True))
    left = callback_owed(hidden, CALENDAR, 30)
    assert left and left.number == "+861088886666"


@pytest.mark.parametrize(
    "call",
    [
        replace(ABANDONED, outcome=Outcome.ANSWERED),
        replace(ABANDONED, outcome=Outcome.FORWARDED_ANSWERED),
        replace(ABANDONED, outcome=Outcome.BLOCKED),
        replace(ABANDONED, outcome=None, ended_at=None),
        replace(ABANDONED, direction=Direction.LINE_TEST),
        replace(ABANDONED, direction=Direction.OUTBOUND),
        replace(ABANDONED, direction=Direction.INTERNAL),
        replace(ABANDONED, caller=Caller(NO_NUMBER, "anonymous", withheld=True)),
        replace(ABANDONED, caller=Caller(Number("+8613900000001"), "13900000001", withheld=True)),
        replace(ABANDONED, caller=Caller(NO_NUMBER, "not a number")),
    ],
)
def test_a9_no_callback_where_somebody_answered_or_nobody_can_be_called(call: Call) -> None:
    assert callback_owed(call, CALENDAR, 30) is None


def test_a9_every_outcome_is_decided_upon() -> None:
    owed = {outcome for outcome in Outcome if callback_owed(replace(ABANDONED, outcome=outcome), CALENDAR, 30)}
    assert set(Outcome) - owed == {Outcome.ANSWERED, Outcome.FORWARDED_ANSWERED, Outcome.BLOCKED}
