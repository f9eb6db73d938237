"""Callbacks that somebody took and left lying go back to everybody (A9)."""

from __future__ import annotations

from datetime import datetime, timedelta

from hotline.domain.callbacks.owed import Callback
from hotline.services.callbacks.callbacks import release
from hotline.settings import Settings
from hotline.storage.accounts.users import UserStore
from hotline.storage.callbacks.tries import CallbackTryStore
from hotline.storage.operators.store import PresenceStore
from hotline.storage.transaction import Storage, Transaction

BY_SYSTEM = "system"


def release_left(storage: Storage, settings: Settings, now: datetime) -> int:
    """Those whose holder has signed out since, or does nothing with them: how many."""
    with storage.reading() as tx:
        left = [each.id for each in CallbackTryStore(tx).all_taken() if _is_left(tx, settings, each, now)]
    if not left:
        return 0
    released = 0
    with storage.writing() as tx:
        for callback in CallbackTryStore(tx).all_taken():
            if callback.id in left and _is_left(tx, settings, callback, now):
                release(tx, callback, BY_SYSTEM, now)
                released += 1
    return released


def _is_left(tx: Transaction, settings: Settings, callback: Callback, now: datetime) -> bool:
    """One whose next try is agreed for later waits for that with whoever agreed it, unless they sign out."""
    assert callback.taken_at is not None
    idle = timedelta(minutes=settings.callbacks.idle_minutes)
    since = max(filter(None, (callback.taken_at, callback.last_tried_at, callback.next_try_at)))
    return (bool(idle) and now - since >= idle) or _signed_out(tx, callback.taken_by, callback.taken_at)


def _signed_out(tx: Transaction, username: str, since: datetime) -> bool:
    """Who never signed in since they took it works without a queue."""
    user = UserStore(tx).by_username(username)
    if user is None or not user.active:
        return True
    presence = PresenceStore(tx).get(user.extension) if user.extension else None
    if presence is None or presence.since is None:
        return False
    return not presence.queues and presence.since > since
