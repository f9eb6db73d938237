"""Somebody tried to call back and did not reach them: when it is tried again."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.callbacks.owed import Callback, CallbackTry
from hotline.domain.dialling.dial import DialOutcome
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.domain.text import one_line
from hotline.services.callbacks.announcing import announce
from hotline.services.callbacks.callbacks import open_callback
from hotline.services.callbacks.clock import keep_clocks
from hotline.services.calling_hours import next_try_at
from hotline.services.forms.fields import require_ahead
from hotline.services.record_rights import require, ties_to_callback
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.callbacks.tries import CallbackTryStore
from hotline.storage.transaction import Storage, Transaction


def note_try(
    storage: Storage,
    settings: Settings,
    callback_id: int,
    outcome: DialOutcome,
    again_at: datetime | None,
    note: str,
    actor: Actor,
    now: datetime,
) -> datetime | None:
    """They were not reached: `outcome` is one of TRIED_IN_VAIN. `again_at`: when they are
    called next; None: as the settings have it. It stays with whoever has taken it. The moment of the next try, None
    after the last. Raises NotFound, WrongFields for a moment that is over, Forbidden."""
    require_ahead("again_at", again_at, now)
    with storage.writing() as tx:
        callback = open_callback(tx, callback_id)
        require(Act.CLOSE_CALLBACK, actor, ties_to_callback(callback, actor))
        next_at = again_at or next_try_of(settings, callback, outcome, now)
        made = CallbackTry(callback_id, now, actor.name, outcome.value, one_line(note), next_at)
        add_try(tx, settings, made, now)
        AuditLog(tx).add(now, actor.name, "callback.try", f"callback:{callback_id}", outcome.value)
    return next_at


def add_try(tx: Transaction, settings: Settings, made: CallbackTry, now: datetime) -> None:
    """Its clock goes to the next one."""
    CallbackTryStore(tx).add(made)
    keep_clocks(tx, settings, [made.callback_id], now)
    announce(tx, "tried", [made.callback_id], now)


def correct_try(tx: Transaction, settings: Settings, made: CallbackTry, now: datetime) -> None:
    """What came of it turns out to be something else; its clock goes to the next one."""
    CallbackTryStore(tx).correct(made)
    keep_clocks(tx, settings, [made.callback_id], now)
    announce(tx, "tried", [made.callback_id], now)


def next_try_of(settings: Settings, callback: Callback, outcome: DialOutcome, now: datetime) -> datetime | None:
    """By what came of this try, in working time and outside rest time (E7); None: it was the last, and a supervisor
    decides."""
    return next_try_at(settings, callback.line, outcome, callback.tries + 1, now)
