"""The transcripts, for an index of search that is built anew."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from hotline.domain.recordings.transcript import TRANSCRIPT, TranscriptState
from hotline.storage.recordings.search_entry import transcript_entry, with_call
from hotline.storage.recordings.tables import recording, transcript
from hotline.storage.recordings.transcripts import transcript_of
from hotline.storage.search_index import Entry, SearchedRows, all_rows


class _Transcripts(SearchedRows):
    kind = TRANSCRIPT

    def entries(self, connection: Connection) -> Iterator[Entry]:
        said = (
            with_call(transcript)
            .join(transcript, transcript.c.recording_id == recording.c.id)
            .where(transcript.c.state == TranscriptState.DONE.value, transcript.c.text != "")
        )
        for row in all_rows(connection, said, transcript.c.id):
            yield transcript_entry(transcript_of(row), row.detail, row.called_at or row.started_at)


SEARCHED = _Transcripts()
