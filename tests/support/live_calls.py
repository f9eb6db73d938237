"""Calls in each stage of their way, as the fold gives them while they last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from hotline.domain.calls.call import Call, HangUp, Outcome, Party, PartyKind, QueueStay, Ring, Span, Talk
from tests.support.sample_calls import CALLER, MONDAY_TEN, bare_call

NAMES = {"1001": "赵敏", "1002": "钱伟", "1003": "孙丽"}


def operator(extension: str) -> Party:
    return Party(PartyKind.OPERATOR, extension, NAMES.get(extension, ""))


def waiting(linkedid: str, start: datetime = MONDAY_TEN, number: str = "+8613800138000") -> Call:
    return replace(
        bare_call(linkedid, start, number), queues=(QueueStay("service", start + timedelta(seconds=5), None, ""),)
    )


def ringing(call: Call, *extensions: str, after: float = 6) -> Call:
    """These phones ring too, `after` seconds."""
    began = call.started_at + timedelta(seconds=after)
    return replace(call, rings=(*call.rings, *(Ring(operator(e), began, None, 0.0, 0, "") for e in extensions)))


def stopped(call: Call, result: str, *extensions: str, after: float = 20) -> Call:
    """These phones ring no more; all that ring, if none is named."""
    at = call.started_at + timedelta(seconds=after)
    return replace(call, rings=tuple(_stopped(ring, result, extensions, at) for ring in call.rings))


def _stopped(ring: Ring, result: str, extensions: Sequence[str], at: datetime) -> Ring:
    if ring.ended_at is not None or (extensions and ring.party.id not in extensions):
        return ring
    return replace(ring, ended_at=at, seconds=(at - ring.started_at).total_seconds(), rings=1, result=result)


def talking(call: Call, extension: str, after: float = 10) -> Call:
    """Taken by this operator; the other phones stop."""
    at = call.started_at + timedelta(seconds=after)
    call = stopped(stopped(call, "answered", extension, after=after), "cancelled", after=after)
    queues = tuple(replace(q, left_at=q.left_at or at, result=q.result or "answered") for q in call.queues)
    return replace(
        call,
        queues=queues,
        talks=(*_closed(call.talks, at), Talk(operator(extension), at, None)),
        talk_started_at=call.talk_started_at or at,
        answered_by=call.answered_by or operator(extension),
    )


def _closed(talks: Sequence[Talk], at: datetime) -> tuple[Talk, ...]:
    return tuple(replace(talk, ended_at=talk.ended_at or at) for talk in talks)


def held(call: Call, after: float = 30) -> Call:
    return replace(call, holds=(*call.holds, Span(call.started_at + timedelta(seconds=after), None, "1001")))


def left_to_itself(call: Call, after: float = 40) -> Call:
    """The operator's talk is over, the caller is still there (a transfer on its way)."""
    return replace(call, talks=_closed(call.talks, call.started_at + timedelta(seconds=after)))


def ended(call: Call, after: float = 60) -> Call:
    """The caller hangs up."""
    at = call.started_at + timedelta(seconds=after)
    queues = tuple(replace(q, left_at=q.left_at or at, result=q.result or "abandoned") for q in call.queues)
    return replace(
        stopped(call, "cancelled", after=after),
        talks=_closed(call.talks, at),
        queues=queues,
        holds=tuple(replace(hold, ended_at=hold.ended_at or at) for hold in call.holds),
        ended_at=at,
        outcome=Outcome.ANSWERED if call.talks else Outcome.ABANDONED_QUEUE,
        hang_up=HangUp(CALLER, at, 16),
    )
