"""A9: who is owed a callback, and was talked with since, is owed it no more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from hotline.domain.callbacks.owed import CALLBACK_CLOCK, Callback, CallbackOutcome
from hotline.domain.calls.call import Call, Direction, Outcome
from hotline.domain.dialling.dial import Dial, DialOutcome
from hotline.domain.numbers import Number
from hotline.services.callbacks.announcing import announce
from hotline.services.callbacks.clock import keep_clocks
from hotline.services.deadlines.keeping import stop
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.callbacks.opening import OwedCallStore
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.calls.store import CallStore
from hotline.storage.dialling.store import DialStore
from hotline.storage.transaction import Transaction

#: Who closes what nobody of ours has closed.
BY_SYSTEM = "system"

_TALKED = (Outcome.ANSWERED, Outcome.FORWARDED_ANSWERED)

#: What becomes of a callback by a talk on a call of this direction.
_BECOMES = {Direction.INBOUND: CallbackOutcome.CALLED_AGAIN, Direction.DIALLED: CallbackOutcome.TALKED}


def settle(tx: Transaction, calls: Sequence[Call], opened: Collection[int], now: datetime) -> set[int]:
    """Close what one of these calls has settled, and of those that they `opened` what a later talk had settled before
    (calls are folded late after a gap). Their ids."""
    talks: dict[Number, list[Call]] = defaultdict(list)
    for call in filter(_talked, sorted(calls, key=lambda each: each.started_at)):
        talks[call.caller.number].append(call)
    settled: set[int] = set()
    for owed in CallbackStore(tx).open_for(talks):
        if any(_settles(tx, call, owed) and _close(tx, call, owed, now) for call in talks[owed.number]):
            settled.add(owed.id or 0)
    for owed in CallbackStore(tx).by_ids(set(opened) - settled):
        later = CallStore(tx).last_talk(owed.number, owed.queued_at)
        if later is not None and _talked(later) and _settles(tx, later, owed) and _close(tx, later, owed, now):
            settled.add(owed.id or 0)
    return settled


def owe_again(tx: Transaction, settings: Settings, dial: Dial, now: datetime) -> None:
    """This dial was taken for a talk with them, and was none: what it has settled is owed as before, unless they are
    owed another one already."""
    since = dial.answered_at or dial.asked_at
    opened = CallbackStore(tx).open_again(dial.number, dial.line, CallbackOutcome.TALKED, since)
    if opened is not None:
        AuditLog(tx).add(now, BY_SYSTEM, "callback.owed_again", f"callback:{opened}")
        keep_clocks(tx, settings, [opened], now)


def _close(tx: Transaction, call: Call, owed: Callback, now: datetime) -> bool:
    callback_id, outcome = owed.id or 0, _BECOMES[call.direction]
    if not CallbackStore(tx).close(callback_id, BY_SYSTEM, "", now, outcome):
        return False
    stop(tx, CALLBACK_CLOCK, callback_id, now)
    announce(tx, "closed", [callback_id], now)
    again = outcome is CallbackOutcome.CALLED_AGAIN
    AuditLog(tx).add(now, BY_SYSTEM, "callback.called_again" if again else "callback.talked", f"callback:{callback_id}")
    return True


def _talked(call: Call) -> bool:
    """With one of ours: who chose an announcement talked with nobody."""
    ours = call.outcome in _TALKED and call.talk_started_at is not None
    return ours and call.direction in _BECOMES and call.caller.number != ""


def _settles(tx: Transaction, call: Call, owed: Callback) -> bool:
    """It began after all the calls of the callback, and is none of them. One that we dialled settles what is owed on
    the line whose number was shown, unless it is said that a machine or somebody else answered; what it was dialled for
    waits for the word of whoever dialled."""
    began = call.talk_started_at
    calls = OwedCallStore(tx).of([owed.id or 0]).get(owed.id or 0, [])
    if any((each.node, each.linkedid) == (call.node, call.linkedid) for each in calls):
        return False
    if call.direction is Direction.DIALLED and (call.line != owed.line or not _was_for_else(tx, call, owed)):
        return False
    return began is not None and all(began > min(each.queued_at, each.owed_from) for each in calls)


def _was_for_else(tx: Transaction, call: Call, owed: Callback) -> bool:
    """And reached them, as far as it is known."""
    dial = DialStore(tx).of_linkedid(call.node, call.linkedid)
    if dial is None:
        return True
    return dial.outcome in (None, DialOutcome.REACHED) and (dial.object_kind, dial.object_id) != ("callback", owed.id)
