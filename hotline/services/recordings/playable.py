"""A recording as somebody may hear it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hotline.domain.calls.ledger import StoredCall
from hotline.domain.errors import Forbidden, NotFound
from hotline.domain.ids import is_id
from hotline.domain.people import Actor
from hotline.domain.recordings.recording import RecordingEntry, RecordingState
from hotline.domain.rights.acts import Act, may
from hotline.services.access import may_hear_recording
from hotline.services.looks import note_look
from hotline.storage.calls.store import CallStore
from hotline.storage.recordings.store import RecordingStore
from hotline.storage.transaction import Storage


@dataclass(frozen=True, slots=True)
class Playable:
    """A recording that can be heard. `call`: None where the ledger does not know it. `caller_shown`: its file's name
    may tell the caller's number (A14)."""

    entry: RecordingEntry
    call: StoredCall | None
    caller_shown: bool


def find(storage: Storage, recording_id: int, actor: Actor) -> Playable:
    """Raises Forbidden for who may not hear it (F5, E5), NotFound: unknown, or not ready."""
    with storage.reading() as tx:
        if not may_hear_recording(tx, recording_id, actor):
            raise Forbidden("examination.not_to_be_heard")
        entry = RecordingStore(tx).by_id(recording_id) if is_id(recording_id) else None
        if entry is None or entry.state is not RecordingState.READY or not entry.path:
            raise NotFound("recordings.not_ready")
        call_id = CallStore(tx).id_of(entry.node, entry.linkedid)
        call = CallStore(tx).by_id(call_id) if call_id is not None else None
    return Playable(entry, call, may(Act.SEE_NUMBERS, actor.roles))


def note_playback(storage: Storage, actor: Actor, now: datetime, action: str, target: str, detail: str = "") -> None:
    """Into the audit log (F8), before the first byte is sent. `action`: "recording.play", "recording.download", or
    that of an example."""
    note_look(storage, actor, now, action, target, detail)
