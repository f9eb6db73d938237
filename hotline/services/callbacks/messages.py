"""The voicemail of a callback, for whoever has taken it: they hear what they call back for (A9, F8)."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.errors import NotFound
from hotline.domain.ids import is_id
from hotline.domain.people import Actor
from hotline.domain.recordings.recording import voicemail_file
from hotline.domain.rights.acts import Act
from hotline.services.record_rights import require, ties_to_callback
from hotline.storage.audit import AuditLog
from hotline.storage.callbacks.opening import OwedCallStore
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.callbacks.tries import CallbackTryStore
from hotline.storage.recordings.store import RecordingStore
from hotline.storage.transaction import Storage


def listen(storage: Storage, callback_id: int, recording_id: int, actor: Actor, now: datetime) -> None:
    """They are about to listen: it is marked as heard, and stands in the audit log. The sound is that of the recording.
    Raises NotFound for one that is no message of this callback, Forbidden for who has not taken it."""
    with storage.writing() as tx:
        callback = CallbackStore(tx).by_id(callback_id) if is_id(callback_id) else None
        entry = RecordingStore(tx).by_id(recording_id) if is_id(recording_id) else None
        if callback is None or entry is None:
            raise NotFound("calls.no_callback", id=callback_id)
        require(Act.HEAR_MESSAGE, actor, ties_to_callback(callback, actor))
        left = [
            each for each in OwedCallStore(tx).of_call(entry.node, entry.linkedid) if each.callback_id == callback_id
        ]
        if not left or entry.source_file != voicemail_file(entry.linkedid):
            raise NotFound("recordings.not_ready")
        CallbackTryStore(tx).hear(entry.node, entry.linkedid, callback_id, actor.name, now)
        AuditLog(tx).add(now, actor.name, "callback.hear", f"callback:{callback_id}", f"recording:{recording_id}")
