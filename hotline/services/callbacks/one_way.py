"""Q3: whoever could not be heard, or did not hear us, is called back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from hotline.domain.callbacks.callback import usual_term
from hotline.domain.callbacks.owed import Callback, CallbackReason
from hotline.domain.calls.call import Call
from hotline.services.calendar import work_calendar
from hotline.services.callbacks.clock import keep_clocks
from hotline.settings import Settings
from hotline.storage.callbacks.opening import OwedCallStore
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.calls.store import CallStore
from hotline.storage.transaction import Transaction


def owe_for_silence(tx: Transaction, settings: Settings, call: Call, now: datetime) -> None:
    """Once a call, however often it is measured; not for who withholds their number, nor for who was talked with
    since."""
    number, ended_at = call.caller.number, call.ended_at
    if not number or ended_at is None:
        return
    if any(each.reason is CallbackReason.ONE_WAY for each in OwedCallStore(tx).of_call(call.node, call.linkedid)):
        return
    later = CallStore(tx).last_talk(number, call.started_at)
    if later is not None and later.started_at > ended_at:
        return
    due = usual_term(settings.callbacks.due_minutes).due(now, work_calendar(settings, call.line))
    owed = Callback(call.node, call.linkedid, call.line, number, CallbackReason.ONE_WAY, ended_at, due)
    callback_id = CallbackStore(tx).open(replace(owed, owed_from=now))
    if callback_id is not None:
        keep_clocks(tx, settings, [callback_id], now)
