"""The calls that we owe (A9): which, and that one was made."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.records import Callback
from hotline.domain.text import one_line
from hotline.services.errors import NotFound, Refused
from hotline.services.ports import Storage


def list_callbacks(storage: Storage, include_closed: bool = False, limit: int = 200) -> list[Callback]:
    """By place in the waiting line, longest waiting first."""
    with storage.reading() as work:
        return work.callbacks.list(include_closed, limit)


def close_callback(storage: Storage, callback_id: int, by: str, note: str, now: datetime) -> None:
    """Done, with a note of what came of it. Raises Refused without a note, NotFound if there is no such open one."""
    note = one_line(note)
    if not note:
        raise Refused("a note of what came of the callback was expected")
    with storage.writing() as work:
        if callback_id >= 2**31 or not work.callbacks.close(callback_id, by, note, now):
            raise NotFound(f"there is no open callback {callback_id}")
        work.audit.add(now, by, "callback.close", f"callback:{callback_id}", note)
