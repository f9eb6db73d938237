"""Callbacks that are owed for what was heard in the recording."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from hotline.domain.callbacks.callback import WAITED_FOR, usual_term
from hotline.domain.callbacks.owed import Callback, CallbackReason
from hotline.domain.calls.call import Call, Direction
from hotline.services.calendar import work_calendar
from hotline.services.callbacks.clock import keep_clocks
from hotline.services.levels import levels_of
from hotline.settings import Settings
from hotline.storage.callbacks.opening import OwedCallStore
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.calls.store import CallStore
from hotline.storage.transaction import Transaction

#: Whoever was cut off longer ago than this does not wait for us any more.
_STILL_WAITS = timedelta(days=1)


def owe_for_silence(tx: Transaction, settings: Settings, call: Call, now: datetime) -> None:
    """Q3: whoever could not be heard, or did not hear us, is called back. Once a call, however often it is measured;
    not for who withholds their number, nor for who was talked with since."""
    if not any(reason is CallbackReason.ONE_WAY for reason in _left(tx, call)):
        _owe(tx, settings, call, CallbackReason.ONE_WAY, now, now)


def owe_for_no_goodbye(tx: Transaction, settings: Settings, call: Call, now: datetime) -> None:
    """A9: whose talk broke off is waited for five minutes, an important customer not at all, and then called back.
    Once a call; not where its way left one already, or somebody of ours has opened one. As `owe_for_silence`."""
    ended_at = call.ended_at
    if call.direction is not Direction.INBOUND or ended_at is None or now - ended_at > _STILL_WAITS:
        return
    if _left(tx, call):
        return
    important = levels_of(tx, settings, [call.caller.number])
    waits = timedelta() if important else WAITED_FOR
    _owe(tx, settings, call, CallbackReason.NO_GOODBYE, max(now, ended_at + waits), now)


def _left(tx: Transaction, call: Call) -> Sequence[CallbackReason]:
    return [each.reason for each in OwedCallStore(tx).of_call(call.node, call.linkedid)]


def _owe(
    tx: Transaction, settings: Settings, call: Call, reason: CallbackReason, owed_from: datetime, now: datetime
) -> None:
    number, ended_at = call.caller.number, call.ended_at
    if not number or ended_at is None:
        return
    later = CallStore(tx).last_talk(number, call.started_at)
    if later is not None and later.started_at > ended_at:
        return
    due = usual_term(settings.callbacks.due_minutes).due(owed_from, work_calendar(settings, call.line))
    owed = Callback(call.node, call.linkedid, call.line, number, reason, ended_at, due_at=due, owed_from=owed_from)
    callback_id = CallbackStore(tx).open(owed)
    if callback_id is not None:
        keep_clocks(tx, settings, [callback_id], now)
