"""Which finished calls we owe a call back (A9)."""

from __future__ import annotations

from datetime import datetime, timedelta

from hotline.domain.calendar import NoWorkingTime, WorkCalendar
from hotline.domain.call import Call, Direction, Outcome
from hotline.domain.records import Callback, CallbackReason

_OWED = {
    Outcome.CALLBACK_REQUESTED: CallbackReason.REQUESTED,
    Outcome.VOICEMAIL: CallbackReason.VOICEMAIL,
    Outcome.ABANDONED_IVR: CallbackReason.ABANDONED,
    Outcome.ABANDONED_QUEUE: CallbackReason.ABANDONED,
    Outcome.NO_ANSWER: CallbackReason.MISSED,
    Outcome.FORWARDED_UNANSWERED: CallbackReason.MISSED,
    Outcome.FAILED: CallbackReason.MISSED,
}


def callback_owed(call: Call, calendar: WorkCalendar, due_minutes: int) -> Callback | None:
    """The callback that this call opens: `due_minutes` of working time after its end (A9).

    None while it lasts, when somebody of ours took it, when it was blocked, for what was no caller's call (line
    tests, our own phones), and when there is no number to call: withheld, unreadable, none left.
    """
    reason = _OWED.get(call.outcome) if call.outcome and call.direction is Direction.INBOUND else None
    number = call.callback_number or ("" if call.caller.withheld else call.caller.number)
    if reason is None or not number:
        return None
    return Callback(
        node=call.node,
        linkedid=call.linkedid,
        line=call.line,
        number=number,
        reason=reason,
        queued_at=call.queues[0].joined_at if call.queues else call.started_at,
        due_at=_due(call.ended_at or call.started_at, calendar, due_minutes),
    )


def _due(since: datetime, calendar: WorkCalendar, due_minutes: int) -> datetime:
    amount = timedelta(minutes=due_minutes)
    try:
        return calendar.add_working_time(since, amount)
    except NoWorkingTime:
        # A site without working hours answers on the duty mobile at all times: the clock on the wall counts.
        return since + amount
