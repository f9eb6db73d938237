"""Which finished calls we owe a call back (A9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from hotline.domain.calendar import WorkCalendar
from hotline.domain.callbacks.owed import Callback, CallbackReason
from hotline.domain.calls.call import Call, Direction, Outcome
from hotline.domain.deadlines.term import Count, Within
from hotline.domain.numbers import NO_NUMBER, Number

_OWED = {
    Outcome.CALLBACK_REQUESTED: CallbackReason.REQUESTED,
    Outcome.VOICEMAIL: CallbackReason.VOICEMAIL,
    Outcome.ABANDONED_IVR: CallbackReason.ABANDONED,
    Outcome.ABANDONED_QUEUE: CallbackReason.ABANDONED,
    Outcome.NO_ANSWER: CallbackReason.MISSED,
    Outcome.FORWARDED_UNANSWERED: CallbackReason.MISSED,
    Outcome.FAILED: CallbackReason.MISSED,
}

#: A9: whose talk broke off is waited for so long.
WAITED_FOR = timedelta(minutes=5)

#: Causes (Q.850) by which nobody hangs up: out of order, no circuit, network failure, congestion, no sound for too
#: long, no resource, timer expired, protocol error.
_BROKEN = frozenset({27, 34, 38, 41, 42, 44, 47, 102, 111})
_LOST = frozenset({"operator_lost", "ended_by_restart", "ended_by_system"})
_TOGETHER = timedelta(seconds=1)

#: Of what a carrier sent that is no number.
_LONGEST_NOTE = 60


@dataclass(frozen=True, slots=True)
class CallbackPerson:
    """A customer whom a callback would reach: its number is theirs, or the call's log form says that it was them."""

    customer_id: int
    name: str
    do_not_call: bool


def callback_owed(call: Call, calendar: WorkCalendar, due_minutes: int) -> Callback | None:
    """The callback that this call opens: `due_minutes` of working time after its end (A9). Whose talk broke off is
    waited for first: they may call again themselves.

    None while it lasts, when somebody of ours took it and the talk came to its end, when it was blocked, for what was
    no caller's call (line tests, our own phones), and when there is no number to call: withheld, unreadable, none left.
    Who asked to be called back was promised it: then what the carrier sent is noted even if nobody can read it as a
    number.
    """
    reason = _reason(call)
    number = _number(call)
    sent = call.caller.original.strip() if reason is CallbackReason.REQUESTED and not call.caller.withheld else ""
    if reason is None or not (number or sent):
        return None
    since = clock_started_at(call) + (WAITED_FOR if reason is CallbackReason.BROKE_OFF else timedelta())
    return Callback(
        node=call.node,
        linkedid=call.linkedid,
        line=call.line,
        number=number,
        reason=reason,
        queued_at=call.queues[0].joined_at if call.queues else call.started_at,
        due_at=usual_term(due_minutes).due(since, calendar),
        owed_from=since,
        note="" if number else sent[:_LONGEST_NOTE],
    )


def _number(call: Call) -> Number:
    """Who withholds their number is called back only if they asked for it, by the number that the network told."""
    return call.callback_number or (NO_NUMBER if call.caller.withheld else call.caller.number)


def _reason(call: Call) -> CallbackReason | None:
    if call.direction is not Direction.INBOUND or call.outcome is None:
        return None
    return _OWED.get(call.outcome) or (CallbackReason.BROKE_OFF if broke_off(call) else None)


def may_owe(call: Call) -> bool:
    """By how it ended; whether there is a number to call is another question."""
    return _reason(call) is not None


def broke_off(call: Call) -> bool:
    """A9: they talked with one of ours, and it ended without anybody's having hung up: our side or our phone was lost,
    Asterisk went down, the carrier let go of it, or the sound stopped."""
    if call.ended_at is None or call.outcome not in (Outcome.ANSWERED, Outcome.FORWARDED_ANSWERED) or not call.talks:
        return False
    if _LOST & set(call.remarks):
        ends = [talk.ended_at for talk in call.talks if talk.ended_at]
        return "operator_lost" not in call.remarks or _left_alone(call, max(ends, default=call.ended_at))
    return call.hang_up is not None and call.hang_up.cause in _BROKEN


def _left_alone(call: Call, talked_until: datetime) -> bool:
    """Whose operator was lost waits for another one: nobody came."""
    return call.ended_at is not None and call.ended_at - talked_until > _TOGETHER


def clock_started_at(call: Call) -> datetime:
    """From when on its callback is waited for."""
    return call.ended_at or call.started_at


def usual_term(due_minutes: int) -> Within:
    """A9: within so many minutes of working time."""
    return Within(timedelta(minutes=due_minutes), Count.WORKING)
