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

#: Of what a carrier sent that is no number.
_LONGEST_NOTE = 60


@dataclass(frozen=True, slots=True)
class CallbackPerson:
    """A customer whom a callback would reach: its number is theirs, or the call's log form says that it was them."""

    customer_id: int
    name: str
    do_not_call: bool


def callback_owed(call: Call, calendar: WorkCalendar, due_minutes: int) -> Callback | None:
    """The callback that this call opens: `due_minutes` of working time after its end (A9).

    None while it lasts, when somebody of ours took it, when it was blocked, for what was no caller's call (line
    tests, our own phones), and when there is no number to call: withheld, unreadable, none left. Who asked to be called
    back was promised it: then what the carrier sent is noted even if nobody can read it as a number.
    """
    reason = _OWED[call.outcome] if call.outcome and may_owe(call) else None
    number = _number(call)
    sent = call.caller.original.strip() if reason is CallbackReason.REQUESTED and not call.caller.withheld else ""
    if reason is None or not (number or sent):
        return None
    return Callback(
        node=call.node,
        linkedid=call.linkedid,
        line=call.line,
        number=number,
        reason=reason,
        queued_at=call.queues[0].joined_at if call.queues else call.started_at,
        due_at=usual_term(due_minutes).due(clock_started_at(call), calendar),
        note="" if number else sent[:_LONGEST_NOTE],
    )


def _number(call: Call) -> Number:
    """Who withholds their number is called back only if they asked for it, by the number that the network told."""
    return call.callback_number or (NO_NUMBER if call.caller.withheld else call.caller.number)


def may_owe(call: Call) -> bool:
    """By how it ended; whether there is a number to call is another question."""
    return call.outcome in _OWED and call.direction is Direction.INBOUND


def clock_started_at(call: Call) -> datetime:
    """From when on its callback is waited for."""
    return call.ended_at or call.started_at


def usual_term(due_minutes: int) -> Within:
    """A9: within so many minutes of working time."""
    return Within(timedelta(minutes=due_minutes), Count.WORKING)
