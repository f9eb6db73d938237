"""The calls that we owe (A9): which, and that one was made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from hotline.domain.records import Callback, CallbackReason, voicemail_file
from hotline.domain.text import one_line
from hotline.services.errors import NotFound, Refused
from hotline.services.ports import Storage, Work


def list_callbacks(storage: Storage, include_closed: bool = False, limit: int = 200) -> list[Callback]:
    """By place in the waiting line, longest waiting first."""
    with storage.reading() as work:
        return work.callbacks.list(include_closed, limit)


def silent_messages(work: Work, callbacks: Sequence[Callback]) -> frozenset[int]:
    """The ids of those of these callbacks whose caller came to the voicemail and said nothing there."""
    asked = {(c.node, c.linkedid): c.id for c in callbacks if c.reason is CallbackReason.VOICEMAIL and c.id is not None}
    found: set[int] = set()
    for node in {node for node, _linkedid in asked}:
        files = [voicemail_file(linkedid) for at, linkedid in asked if at == node]
        entries = work.recordings.of_sources(node, files)
        found |= {asked[node, entry.linkedid] for entry in entries if entry.nothing_said}
    return frozenset(found)


def close_callback(storage: Storage, callback_id: int, by: str, note: str, now: datetime) -> None:
    """Done, with a note of what came of it. Raises Refused without a note, NotFound if there is no such open one."""
    note = one_line(note)
    if not note:
        raise Refused("a note of what came of the callback was expected")
    with storage.writing() as work:
        if callback_id >= 2**31 or not work.callbacks.close(callback_id, by, note, now):
            raise NotFound(f"there is no open callback {callback_id}")
        work.audit.add(now, by, "callback.close", f"callback:{callback_id}", note)
