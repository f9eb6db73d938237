"""Calls as the ledger holds them, made by hand: for tests of what reads the ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hotline.domain.calls.call import (
    Call,
    Caller,
    Direction,
    HangUp,
    MenuStep,
    Outcome,
    Party,
    PartyKind,
    QueueStay,
    RecordingStart,
    Ring,
    RouteStep,
    Span,
    Talk,
    Transfer,
)
from hotline.domain.numbers import Number

#: Monday, 2026-11-16, 10:00 in Shanghai.
MONDAY_TEN = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)

ZHAO = Party(PartyKind.OPERATOR, "1001", "赵敏")
QIAN = Party(PartyKind.OPERATOR, "1002", "钱伟")
DUTY = Party(PartyKind.MOBILE, "13900000001", "李四")
CALLER = Party(PartyKind.CALLER, "13800138000")


def _after(start: datetime, seconds: float) -> datetime:
    return start + timedelta(seconds=seconds)


def bare_call(linkedid: str = "node1-1.1", start: datetime = MONDAY_TEN, number: str = "+8613800138000") -> Call:
    """A call that has just arrived."""
    return Call(
        node="node1",
        linkedid=linkedid,
        direction=Direction.INBOUND,
        line="main",
        dialled="4001234567",
        caller=Caller(Number(number), number.removeprefix("+86")),
        started_at=start,
        answered_at=start,
        ended_at=None,
        outcome=None,
        answered_by=None,
        talk_started_at=None,
        wait_seconds=0.0,
        ring_seconds=0.0,
        talk_seconds=0.0,
        hold_seconds=0.0,
        menu=(),
        routes=(),
        queues=(),
        rings=(),
        talks=(),
        holds=(),
        pauses=(),
        transfers=(),
        recordings=(),
        hang_up=None,
    )


def answered_call(linkedid: str = "node1-1.2", start: datetime = MONDAY_TEN, number: str = "+8613800138000") -> Call:
    """Menu, queue, two phones ring (the first for 20 s, past A8), talk with hold, pause and transfer."""
    at = lambda seconds: _after(start, seconds)  # noqa: E731
    return replace(
        bare_call(linkedid, start, number),
        ended_at=at(198),
        outcome=Outcome.ANSWERED,
        answered_by=QIAN,
        talk_started_at=at(43),
        wait_seconds=31.2,
        ring_seconds=28.0,
        talk_seconds=155.0,
        hold_seconds=22.0,
        menu=(MenuStep(at(6), "main", "", "repeat"), MenuStep(at(11), "main", "2", "queue:service", "售后服务")),
        routes=(RouteStep(at(0), "menu", "", "working_time"), RouteStep(at(11.8), "queue", "service", "caller_choice")),
        queues=(QueueStay("service", at(11.8), at(43), "answered"),),
        rings=(Ring(ZHAO, at(13), at(33), 20.0, 4, "no_answer"), Ring(QIAN, at(35), at(43), 8.0, 2, "answered")),
        talks=(Talk(QIAN, at(43), at(140)), Talk(ZHAO, at(145), at(198))),
        holds=(Span(at(80), at(102), "1002"),),
        pauses=(Span(at(110), at(120), "1002"),),
        transfers=(Transfer(at(140), "attended", QIAN, ZHAO),),
        recordings=(RecordingStart(at(13), "talk", f"{linkedid}.raw"),),
        hang_up=HangUp(CALLER, at(198), 16),
    )


def duty_call(linkedid: str = "node1-1.3", start: datetime = MONDAY_TEN, number: str = "+8675512345678") -> Call:
    """After hours, taken on the duty mobile."""
    at = lambda seconds: _after(start, seconds)  # noqa: E731
    return replace(
        bare_call(linkedid, start, number),
        ended_at=at(95),
        outcome=Outcome.FORWARDED_ANSWERED,
        answered_by=DUTY,
        talk_started_at=at(20),
        ring_seconds=12.0,
        talk_seconds=75.0,
        routes=(RouteStep(at(4), "duty", "13900000001-13900000002", "after_hours"),),
        rings=(Ring(DUTY, at(8), at(20), 12.0, 3, "answered"),),
        talks=(Talk(DUTY, at(20), at(95)),),
        recordings=(RecordingStart(at(8), "talk", f"{linkedid}.raw"),),
        hang_up=HangUp(DUTY, at(95), 16),
    )


def abandoned_call(linkedid: str = "node1-1.4", start: datetime = MONDAY_TEN, number: str = "+8613912345678") -> Call:
    """The caller left the queue after 42 s."""
    at = lambda seconds: _after(start, seconds)  # noqa: E731
    return replace(
        bare_call(linkedid, start, number),
        ended_at=at(52),
        outcome=Outcome.ABANDONED_QUEUE,
        wait_seconds=42.0,
        ring_seconds=15.0,
        routes=(RouteStep(at(9), "queue", "service", "caller_choice"),),
        queues=(QueueStay("service", at(10), at(52), "abandoned"),),
        rings=(Ring(ZHAO, at(11), at(26), 15.0, 3, "no_answer"),),
        hang_up=HangUp(CALLER, at(52), 16),
    )


def talking_call(linkedid: str = "node1-1.5", start: datetime = MONDAY_TEN, number: str = "+8613912345678") -> Call:
    """In progress: somebody is talking."""
    return replace(
        bare_call(linkedid, start, number),
        answered_by=ZHAO,
        talk_started_at=_after(start, 20),
        wait_seconds=10.0,
        ring_seconds=8.0,
        queues=(QueueStay("service", _after(start, 10), _after(start, 20), "answered"),),
        rings=(Ring(ZHAO, _after(start, 12), _after(start, 20), 8.0, 2, "answered"),),
        talks=(Talk(ZHAO, _after(start, 20), None),),
        recordings=(RecordingStart(_after(start, 12), "talk", f"{linkedid}.raw"),),
    )


def with_name(call: Call, name: str) -> Call:
    """The same call from somebody whose phone sends this name."""
    return replace(call, caller=replace(call.caller, name=name))


def dialled_call(
    linkedid: str = "node1-1773194400.d0123456789ab", start: datetime = MONDAY_TEN, number: str = "+8613800138000"
) -> Call:
    """1002 dials the customer, whose phone rings for 12 s; they talk, and the customer hangs up."""
    at = lambda seconds: _after(start, seconds)  # noqa: E731
    return replace(
        bare_call(linkedid, start, number),
        direction=Direction.DIALLED,
        answered_at=at(16),
        ended_at=at(76),
        outcome=Outcome.ANSWERED,
        answered_by=QIAN,
        talk_started_at=at(16),
        talk_seconds=60.0,
        rings=(Ring(QIAN, at(0), at(3), 3.0, 1, "answered"), Ring(CALLER, at(4), at(16), 12.0, 3, "answered")),
        talks=(Talk(QIAN, at(16), at(76)),),
        recordings=(RecordingStart(at(16), "talk", f"{linkedid}.raw"),),
        hang_up=HangUp(CALLER, at(76), 16),
    )


def unanswered_dial(
    linkedid: str = "node1-1773194400.d0123456789ac", start: datetime = MONDAY_TEN, number: str = "+8613800138000"
) -> Call:
    """The same, and nobody answers."""
    at = lambda seconds: _after(start, seconds)  # noqa: E731
    return replace(
        dialled_call(linkedid, start, number),
        answered_at=None,
        ended_at=at(34),
        outcome=Outcome.NO_ANSWER,
        answered_by=None,
        talk_started_at=None,
        talk_seconds=0.0,
        rings=(Ring(QIAN, at(0), at(3), 3.0, 1, "answered"), Ring(CALLER, at(4), at(34), 30.0, 6, "no_answer")),
        talks=(),
        recordings=(),
        hang_up=HangUp(QIAN, at(34), 16),
    )
