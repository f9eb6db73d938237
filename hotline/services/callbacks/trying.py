"""Somebody tried to call back and did not reach them: when it is tried again."""

from __future__ import annotations

from datetime import datetime, timedelta

from hotline.domain.callbacks.owed import Callback, CallbackTry
from hotline.domain.deadlines.term import Count, Within
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.domain.text import one_line
from hotline.services.calendar import work_calendar
from hotline.services.callbacks.announcing import announce
from hotline.services.callbacks.callbacks import open_callback
from hotline.services.callbacks.clock import keep_clocks
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
    outcome: str,
    again_at: datetime | None,
    note: str,
    actor: Actor,
    now: datetime,
) -> datetime:
    """They were not reached: `outcome` is busy, no_answer, declined, unreachable or machine. `again_at`: when they are
    called next; None: as the settings have it. It stays with whoever has taken it. The moment of the next try. Raises
    NotFound, WrongFields for a moment that is over, Forbidden."""
    require_ahead("again_at", again_at, now)
    with storage.writing() as tx:
        callback = open_callback(tx, callback_id)
        require(Act.CLOSE_CALLBACK, actor, ties_to_callback(callback, actor))
        next_at = again_at or next_try_at(settings, callback, outcome, now)
        made = CallbackTry(callback_id, now, actor.name, outcome, one_line(note), next_at)
        add_try(tx, settings, made, now)
        AuditLog(tx).add(now, actor.name, "callback.try", f"callback:{callback_id}", outcome)
    return next_at


def add_try(tx: Transaction, settings: Settings, made: CallbackTry, now: datetime) -> None:
    """Its clock goes to the next one."""
    CallbackTryStore(tx).add(made)
    keep_clocks(tx, settings, [made.callback_id], now)
    announce(tx, "tried", [made.callback_id], now)


def next_try_at(settings: Settings, callback: Callback, outcome: str, now: datetime) -> datetime:
    """The first is tried again soon, the others later; in working time."""
    minutes = settings.callbacks.again_minutes[min(callback.tries, len(settings.callbacks.again_minutes) - 1)]
    return Within(timedelta(minutes=minutes), Count.WORKING).due(now, work_calendar(settings, callback.line))
