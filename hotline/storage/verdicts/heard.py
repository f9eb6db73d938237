"""The recording of a call's talk and what was understood of it, as verdicts are made of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, select

from hotline.domain.batches import batches
from hotline.domain.recordings.recording import TALK, RecordingState
from hotline.domain.recordings.transcript import Side, TranscriptState
from hotline.storage.calls.tables import call
from hotline.storage.recordings.tables import recording, transcript
from hotline.storage.transaction import Transaction

_C, _R, _T = call.c, recording.c, transcript.c


class HeardTalk(NamedTuple):
    """`texts`: of the sides that were transcribed."""

    recording_id: int
    started_at: datetime
    state: RecordingState
    texts: Mapping[Side, str]


def heard_talks(tx: Transaction, call_ids: Collection[int]) -> Mapping[int, HeardTalk]:
    """By the call's id; of a call with several recordings the first."""
    found: dict[int, HeardTalk] = {}
    for some in batches(sorted(call_ids)):
        rows = tx.connection.execute(
            select(_C.id, _R.id, _R.started_at, _R.state, _T.channel, _T.text)
            .join(recording, and_(_R.node == _C.node, _R.linkedid == _C.linkedid, _R.kind == TALK))
            .outerjoin(transcript, and_(_T.recording_id == _R.id, _T.state == TranscriptState.DONE.value))
            .where(_C.id.in_(some))
            .order_by(_C.id, _R.started_at, _R.id)
        )
        for call_id, recording_id, started_at, state, side, text in rows:
            texts: dict[Side, str] = {}
            heard = found.setdefault(call_id, HeardTalk(recording_id, started_at, RecordingState(state), texts))
            if side is not None and heard.recording_id == recording_id:
                found[call_id] = heard._replace(texts={**heard.texts, Side(side): text})
    return found
