"""G3: what was recorded of a person. It goes with the recording (E2), before the person's other data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select

from hotline.domain.recordings.recording import RecordingEntry
from hotline.storage.kept_for import CallKey
from hotline.storage.personal import Holds, PersonalTable
from hotline.storage.recordings.store import entry_of
from hotline.storage.recordings.tables import recording, transcript
from hotline.storage.transaction import TableStore
from hotline.storage.whose import at_calls

COLUMNS = (
    PersonalTable(
        recording,
        nothing={
            Holds.ID: "node linkedid chain_day",
            Holds.CODE: "kind state",
            Holds.PATH: "source_file path peaks_path",
            Holds.HASH: "sha256 chain_hash",
            Holds.TECHNICAL: "measures problem",
        },
    ),
    PersonalTable(
        transcript,
        part="recordings",
        copied="text",
        erased="text",
        repeats="words",
        nothing={Holds.CODE: "state", Holds.SETTING: "engine model", Holds.TECHNICAL: "problem lent_to"},
    ),
)


class PersonRecordingStore(TableStore):
    def of(self, calls: Collection[CallKey]) -> dict[CallKey, list[RecordingEntry]]:
        """By call, oldest first."""
        found: dict[CallKey, list[RecordingEntry]] = defaultdict(list)
        for of_calls in at_calls(calls):
            wanted = select(recording).where(of_calls(recording)).order_by(recording.c.started_at, recording.c.id)
            for row in self._connection.execute(wanted):
                found[row.node, row.linkedid].append(entry_of(row))
        return found
