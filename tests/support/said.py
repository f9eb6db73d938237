"""Calls whose words are known: transcripts as a worker leaves them, and records."""

from __future__ import annotations

import dataclasses
from datetime import datetime

from hotline.domain.calls.call import Call
from hotline.domain.recordings.recording import RecordingState
from hotline.domain.recordings.transcript import Side, TranscriptState, Urgency, Word
from hotline.services.calls.ledger import record
from hotline.storage.recordings.store import RecordingStore
from hotline.storage.recordings.transcripts import TranscriptStore
from hotline.storage.transaction import Storage


def keep_said(storage: Storage, call: Call, now: datetime, caller: str = "", ours: str = "") -> int:
    """The call with its recording and what was said in it: words divided by blanks, one a second. The recording."""
    record(storage, call.node, [call], [], lambda _call: None, now)
    with storage.writing() as tx:
        [entry] = RecordingStore(tx).of_sources(call.node, [f"{call.linkedid}.raw"])
        RecordingStore(tx).update(dataclasses.replace(entry, state=RecordingState.READY, path="x.flac", seconds=60.0))
        recording_id = entry.id or 0
        TranscriptStore(tx).ask([recording_id], list(Side), Urgency.USUAL, now)
    for side, text in ((Side.CALLER, caller), (Side.OURS, ours)):
        hear(storage, recording_id, side, text, now)
    return recording_id


def hear(storage: Storage, recording_id: int, side: Side, text: str, now: datetime) -> None:
    words = tuple(Word(word, float(at), at + 0.8, 0.9) for at, word in enumerate(text.split()))
    with storage.writing() as tx:
        wanted = next(each for each in TranscriptStore(tx).of(recording_id) if each.side is side)
        TranscriptStore(tx).update(
            dataclasses.replace(
                wanted,
                state=TranscriptState.DONE,
                words=words,
                text="".join(word.text for word in words),
                engine="vosk",
                model="tiny",
                finished_at=now,
                lent_to="",
                lent_until=None,
            )
        )
