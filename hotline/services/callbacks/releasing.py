"""Callbacks that somebody took and left lying go back to everybody (A9)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta

from hotline.domain.callbacks.owed import Callback
from hotline.services.callbacks.callbacks import release
from hotline.settings import Settings
from hotline.storage.accounts.users import UserStore
from hotline.storage.callbacks.tries import CallbackTryStore
from hotline.storage.dialling.store import DialStore
from hotline.storage.operators.store import PresenceStore
from hotline.storage.transaction import Storage, Transaction

BY_SYSTEM = "system"


def release_left(storage: Storage, settings: Settings, now: datetime) -> int:
    """Those whose holder has signed out since, or does nothing with them: how many."""
    with storage.reading() as tx:
        taken = CallbackTryStore(tx).all_taken()
        out = _signed_out(tx, {each.taken_by for each in taken}, now)
        left = {each.id for each in taken if _is_left(tx, settings, each, out, now)}
    if not left:
        return 0
    released = 0
    with storage.writing() as tx:
        for callback in CallbackTryStore(tx).all_taken():
            if callback.id in left and _is_left(tx, settings, callback, out, now):
                release(tx, callback, BY_SYSTEM, now)
                released += 1
    return released


def _is_left(
    tx: Transaction, settings: Settings, callback: Callback, out: Mapping[str, datetime], now: datetime
) -> bool:
    """One whose next try is agreed for later waits for that with whoever agreed it, unless they sign out. While it is
    dialled and talked about nobody loses it: who has talked with the customer says what came of it."""
    assert callback.taken_at is not None
    dials = DialStore(tx).of_object("callback", callback.id or 0)
    if any(each.ended_at is None for each in dials):
        return False
    idle = timedelta(minutes=settings.callbacks.idle_minutes)
    worked_on = (callback.taken_at, callback.last_tried_at, callback.next_try_at, *(each.ended_at for each in dials))
    since = max(filter(None, worked_on))
    signed_out = out.get(callback.taken_by)
    return (bool(idle) and now - since >= idle) or (signed_out is not None and signed_out > callback.taken_at)


def _signed_out(tx: Transaction, usernames: Collection[str], now: datetime) -> dict[str, datetime]:
    """Who of these is signed out, and since when: of those whose account has ended since ever. Who never signs in
    works without a queue."""
    users = {user.username: user for user in UserStore(tx).all() if user.username in usernames}
    presences = {each.extension: each for each in PresenceStore(tx).all()}
    out: dict[str, datetime] = {}
    for username in usernames:
        user = users.get(username)
        presence = presences.get(user.extension) if user and user.extension else None
        if user is None or not user.may_enter(now):
            out[username] = datetime.max.replace(tzinfo=UTC)
        elif presence is not None and presence.since is not None and not presence.queues:
            out[username] = presence.since
    return out
