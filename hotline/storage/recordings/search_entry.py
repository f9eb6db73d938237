"""What is found of a transcript by a search."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, bindparam, select

from hotline.domain.calls.call import Call
from hotline.domain.calls.ledger import operators_of
from hotline.domain.recordings.transcript import TRANSCRIPT, Transcript, TranscriptState
from hotline.domain.search.search import whose_marks
from hotline.storage.calls.tables import call
from hotline.storage.recordings.tables import recording
from hotline.storage.search_index import Entry, SearchIndex, indexed, kind_mark


def transcript_entry(said: Transcript, its_call: Call | None, at: datetime) -> Entry:
    assert said.id is not None
    whose = [each for extension in (operators_of(its_call) if its_call else ()) for each in whose_marks(extension)]
    return Entry(TRANSCRIPT, said.id, at, indexed(said.text), (*whose, kind_mark(TRANSCRIPT)))


def with_call(*columns: Any) -> Select[Any]:
    """These columns of recordings, and what an entry needs of recording and call: `started_at`, `called_at` and
    `detail`, the last two None where the ledger does not know the call."""
    its_call = and_(call.c.node == recording.c.node, call.c.linkedid == recording.c.linkedid)
    return (
        select(*columns, recording.c.started_at, call.c.started_at.label("called_at"), call.c.detail)
        .select_from(recording)
        .join(call, its_call, isouter=True)
    )


#: Asked of every transcript that is written: made once, since making it costs as much as asking.
_OF_RECORDING = with_call().where(recording.c.id == bindparam("of"))


def keep_transcript(connection: Connection, said: Transcript) -> None:
    """What was recognised is found from now on; what is to be recognised anew is not."""
    index = SearchIndex(connection)
    if said.state is not TranscriptState.DONE or not said.text:
        return index.forget(TRANSCRIPT, [said.id or 0])
    row = connection.execute(_OF_RECORDING, {"of": said.recording_id}).first()
    if row is not None:
        index.keep([transcript_entry(said, row.detail, row.called_at or row.started_at)])
    return None
