"""A callback is dialled here (A9, A3): on another line than the 400 one, and what came of the dial is its try."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.callbacks.owed import CallbackTry
from hotline.domain.dialling.dial import Dial, Wish
from hotline.domain.dialling.next_try import NOT_A_TRY
from hotline.domain.errors import Refused
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.services.callbacks.callbacks import open_callback
from hotline.services.callbacks.called_again import owe_again
from hotline.services.callbacks.clock import keep_clocks
from hotline.services.callbacks.trying import add_try, next_try_of
from hotline.services.calling_hours import next_try_at
from hotline.services.dialled import DialledKind
from hotline.services.record_rights import require, ties_to_callback
from hotline.settings import Settings
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.callbacks.tries import CallbackTryStore
from hotline.storage.transaction import Transaction


def _wish(tx: Transaction, actor: Actor, callback_id: int) -> Wish:
    callback = open_callback(tx, callback_id)
    require(Act.CLOSE_CALLBACK, actor, ties_to_callback(callback, actor))
    if not callback.number:
        raise Refused("callbacks.no_number")
    return Wish("callback", callback_id, callback.number, callback.line, callback.reason.value)


def _ended(tx: Transaction, settings: Settings, dial: Dial, now: datetime) -> None:
    """Reached, it waits for whoever dialled to close it with a word; else for its next try. Where the customer's phone
    was not even tried, nothing is noted: it is dialled again at once."""
    callback = CallbackStore(tx).by_id(dial.object_id)
    if callback is None or callback.closed_at is not None or dial.outcome is None or dial.outcome in NOT_A_TRY:
        return
    again = next_try_of(settings, callback, dial.outcome, now)
    made = CallbackTry(dial.object_id, dial.asked_at, dial.user, dial.outcome.value, "", again, dial.id)
    add_try(tx, settings, made, now)


def _said(tx: Transaction, settings: Settings, dial: Dial, now: datetime) -> None:
    """Whoever answered was not them: its try says so, and is made again where that makes sense."""
    owe_again(tx, settings, dial, now)
    callback = CallbackStore(tx).by_id(dial.object_id) if dial.object_kind == "callback" else None
    if callback is None or callback.closed_at is not None or dial.outcome is None or dial.id is None:
        return
    again = next_try_at(settings, callback.line, dial.outcome, callback.tries, now)
    if CallbackTryStore(tx).say(dial.object_id, dial.id, dial.outcome, again):
        keep_clocks(tx, settings, [dial.object_id], now)


DIALLED = DialledKind("callback", _wish, _ended, _said)
