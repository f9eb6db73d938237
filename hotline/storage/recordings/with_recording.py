"""E2: the transcripts go with their recording, and are found no more."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select

from hotline.domain.recordings.transcript import TRANSCRIPT
from hotline.storage.kept_for import CallKey
from hotline.storage.recordings.tables import transcript
from hotline.storage.search_index import SearchIndex
from hotline.storage.with_recording import GoesWithRecording


class _Transcripts(GoesWithRecording):
    def forget(self, connection: Connection, recording_id: int, call: CallKey) -> None:
        of_it = transcript.c.recording_id == recording_id
        said = list(connection.scalars(select(transcript.c.id).where(of_it)))
        SearchIndex(connection).forget(TRANSCRIPT, said)
        connection.execute(delete(transcript).where(of_it))


GOES = _Transcripts()
