"""What the console shows beside its calls, and whether the phone in its browser may stay connected."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.operators.presence import Activity
from hotline.services.accounts import sessions
from hotline.services.operators.presence import OperatorView, operator_view, operator_views
from hotline.settings import Settings
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.operators.store import PresenceStore
from hotline.storage.transaction import Storage

_IN_CALL = (Activity.TALKING, Activity.HOLDING)


def operator_now(storage: Storage, settings: Settings, extension: str) -> OperatorView:
    """As last heard from Asterisk. Raises NotFound when the settings have no such operator."""
    with storage.reading() as tx:
        return operator_view(tx, settings, extension)


def operators_now(storage: Storage, settings: Settings) -> list[OperatorView]:
    """Every operator of the settings, by extension."""
    with storage.reading() as tx:
        return operator_views(tx, settings)


def callbacks_owed(storage: Storage) -> int:
    """How many calls we owe."""
    with storage.reading() as tx:
        return len(CallbackStore(tx).list())


def phone_may_stay(storage: Storage, settings: Settings, session_id: int | None, extension: str, now: datetime) -> bool:
    """Whether the session goes on, or the call that was begun in it does: that is nobody's to cut. Raises
    StorageError."""
    with storage.reading() as tx:
        presence = PresenceStore(tx).get(extension)
        live = session_id is not None and sessions.is_live(tx, session_id, now, settings.web.session_hours)
    return live or (presence is not None and presence.activity in _IN_CALL)
