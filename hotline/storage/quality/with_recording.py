"""E2: the words that a finding quotes go with the recording in which they were said."""

from __future__ import annotations

from sqlalchemy import Connection, update

from hotline.storage.kept_for import CallKey
from hotline.storage.quality.tables import call_finding
from hotline.storage.with_recording import GoesWithRecording


class _QuotedWords(GoesWithRecording):
    def forget(self, connection: Connection, recording_id: int, call: CallKey) -> None:
        node, linkedid = call
        connection.execute(
            update(call_finding)
            .where(call_finding.c.node == node, call_finding.c.linkedid == linkedid)
            .values(words="")
        )


GOES = _QuotedWords()
