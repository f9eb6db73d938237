"""Recordings on their way from Asterisk's incoming folder to the store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, or_, select, update

from hotline.domain.batches import batches
from hotline.domain.recordings.recording import SETTLE_SECONDS, RecordingEntry, RecordingState
from hotline.storage.calls.tables import call
from hotline.storage.recordings.tables import recording
from hotline.storage.transaction import TableStore
from hotline.storage.upsert import leaving


def entry_of(row: Row[Any]) -> RecordingEntry:
    """The entry of a row that holds all columns of `recording`."""
    return RecordingEntry(
        node=row.node,
        linkedid=row.linkedid,
        kind=row.kind,
        source_file=row.source_file,
        started_at=row.started_at,
        state=RecordingState(row.state),
        path=row.path or "",
        seconds=row.seconds,
        size_bytes=row.size_bytes,
        sha256=row.sha256 or "",
        measures=row.measures or {},
        attempts=row.attempts,
        next_attempt_at=row.next_attempt_at,
        problem=row.problem,
        id=row.id,
        kept_at=row.kept_at,
        chain_day=row.chain_day,
        chain_number=row.chain_number,
        chain_hash=row.chain_hash or "",
        peaks_path=row.peaks_path or "",
    )


def _columns_of(entry: RecordingEntry) -> dict[str, Any]:
    return {
        "node": entry.node,
        "linkedid": entry.linkedid,
        "kind": entry.kind,
        "source_file": entry.source_file,
        "started_at": entry.started_at,
        "state": entry.state.value,
        "path": entry.path,
        "seconds": entry.seconds,
        "size_bytes": entry.size_bytes,
        "sha256": entry.sha256,
        "measures": dict(entry.measures),
        "attempts": entry.attempts,
        "next_attempt_at": entry.next_attempt_at,
        "problem": entry.problem,
        "kept_at": entry.kept_at,
        "chain_day": entry.chain_day,
        "chain_number": entry.chain_number,
        "chain_hash": entry.chain_hash or None,
        "peaks_path": entry.peaks_path or None,
    }


#: What the worker asks and writes of each: made once, since making it costs as much as asking.
_THIS = recording.c.id == bindparam("of")
_BY_ID = select(recording).where(_THIS)
_UPDATE = update(recording).where(_THIS)
_DUE = (
    select(recording)
    .join(call, and_(recording.c.node == call.c.node, recording.c.linkedid == call.c.linkedid))
    .where(
        recording.c.state == RecordingState.PENDING.value,
        # What ends after now was written before the clock was set back.
        or_(call.c.ended_at <= bindparam("settled"), call.c.ended_at > bindparam("now")),
        or_(recording.c.next_attempt_at.is_(None), recording.c.next_attempt_at <= bindparam("now")),
    )
    .order_by(recording.c.started_at, recording.c.id)
    .limit(bindparam("most"))
)
_DUE_OF = _DUE.where(recording.c.node == bindparam("node"))


class RecordingStore(TableStore):
    def announce(self, entries: Sequence[RecordingEntry]) -> None:
        """Add as pending those not known yet by (node, linkedid, source_file); known ones stay as they are."""
        if entries:
            unknown = leaving(self._connection, recording, "node", "linkedid", "source_file")
            self._connection.execute(unknown, [_columns_of(entry) for entry in entries])

    def due(self, now: datetime, limit: int, node: str = "") -> list[RecordingEntry]:
        """Pending ones (of that node, if given) whose next attempt is due, oldest first; of calls that ended
        SETTLE_SECONDS ago, since before they would be tried in vain."""
        values = {"now": now, "settled": now - timedelta(seconds=SETTLE_SECONDS), "most": limit, "node": node}
        rows = self._connection.execute(_DUE_OF if node else _DUE, values)
        return list(map(entry_of, rows))

    def update(self, entry: RecordingEntry) -> None:
        """Rewrite the row by its id."""
        self._connection.execute(_UPDATE, {"of": entry.id, **_columns_of(entry)})

    def of_sources(self, node: str, source_files: Sequence[str]) -> list[RecordingEntry]:
        """The node's entries that were announced with one of these file names."""
        found: list[RecordingEntry] = []
        for some in batches(source_files):
            found += self._all(
                select(recording)
                .where(recording.c.node == node, recording.c.source_file.in_(some))
                .order_by(recording.c.started_at, recording.c.id)
            )
        return found

    def by_id(self, recording_id: int) -> RecordingEntry | None:
        row = self._connection.execute(_BY_ID, {"of": recording_id}).first()
        return entry_of(row) if row else None

    def _all(self, wanted: Select[Any]) -> list[RecordingEntry]:
        return [entry_of(row) for row in self._connection.execute(wanted)]
