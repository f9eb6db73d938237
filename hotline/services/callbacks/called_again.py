"""A9: who is owed a callback, and was talked with since, is owed it no more."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from hotline.domain.callbacks.owed import CALLBACK_CLOCK, Callback, CallbackOutcome
from hotline.domain.calls.call import Call, Direction, Outcome
from hotline.services.callbacks.announcing import announce
from hotline.services.deadlines.keeping import stop
from hotline.storage.audit import AuditLog
from hotline.storage.callbacks.opening import OwedCallStore
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.calls.store import CallStore
from hotline.storage.transaction import Transaction

#: Who closes what nobody of ours has closed.
BY_SYSTEM = "system"

_TALKED = (Outcome.ANSWERED, Outcome.FORWARDED_ANSWERED)
_COUNTS = frozenset({Direction.INBOUND})


def settle(tx: Transaction, calls: Sequence[Call], opened: Collection[int], now: datetime) -> set[int]:
    """Close what one of these calls has settled, and of those that they `opened` what a later talk had settled before
    (calls are folded late after a gap). Their ids."""
    talks = {call.caller.number: call for call in sorted(calls, key=lambda each: each.started_at) if _talked(call)}
    settled: set[int] = set()
    if talks:
        for owed in CallbackStore(tx).open_for(talks):
            if _settles(tx, talks[owed.number], owed):
                settled.add(owed.id or 0)
    for owed in CallbackStore(tx).by_ids(set(opened) - settled):
        later = CallStore(tx).last_talk(owed.number, owed.queued_at)
        if later is not None and _talked(later) and _settles(tx, later, owed):
            settled.add(owed.id or 0)
    for callback_id in sorted(settled):
        if CallbackStore(tx).close(callback_id, BY_SYSTEM, "", now, CallbackOutcome.CALLED_AGAIN):
            stop(tx, CALLBACK_CLOCK, callback_id, now)
            announce(tx, "closed", [callback_id], now)
            AuditLog(tx).add(now, BY_SYSTEM, "callback.called_again", f"callback:{callback_id}")
    return settled


def _talked(call: Call) -> bool:
    """With one of ours: who chose an announcement talked with nobody."""
    ours = call.outcome in _TALKED and call.talk_started_at is not None
    return ours and call.direction in _COUNTS and call.caller.number != ""


def _settles(tx: Transaction, call: Call, owed: Callback) -> bool:
    """It began after all the calls of the callback, and is none of them."""
    began = call.talk_started_at
    calls = OwedCallStore(tx).of([owed.id or 0]).get(owed.id or 0, [])
    if any((each.node, each.linkedid) == (call.node, call.linkedid) for each in calls):
        return False
    return began is not None and all(began > min(each.queued_at, each.owed_from) for each in calls)
