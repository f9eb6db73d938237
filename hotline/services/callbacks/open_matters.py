"""The callbacks that somebody has taken and not made yet (A9)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from hotline.domain.time import minute_text
from hotline.services.open_matter import Holder, OpenMatter, OpenMatters
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.transaction import Transaction


def _find(tx: Transaction, holder: Holder) -> Iterator[OpenMatter]:
    if not holder.username:
        return  # those without an account take none, and those that nobody has taken are nobody's
    for callback in CallbackStore(tx).taken(holder.username):
        yield OpenMatter("callback", callback.id or 0, minute_text(callback.queued_at), callback.due_at)


def _hand_over(tx: Transaction, matter: OpenMatter, to: Holder, now: datetime, by: str) -> None:
    callback = CallbackStore(tx).by_id(matter.id)
    assert callback is not None
    CallbackStore(tx).take(matter.id, to.username, callback.taken_by, now)


MATTERS = OpenMatters(_find, _hand_over)
