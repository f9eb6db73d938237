"""What the daily reconciliation found, and what it asks of the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, and_, exists, func, insert, select

from hotline.domain.reasons import Reason, because
from hotline.domain.recordings.recording import RecordingEntry, RecordingState
from hotline.domain.retention.reconciliation import NAMED, Difference, Discrepancy, Rotation, StoreCheck
from hotline.storage.calls.tables import call
from hotline.storage.calls.with_customer import IS_WITH_CUSTOMER
from hotline.storage.recordings.store import entry_of
from hotline.storage.recordings.tables import recording
from hotline.storage.retention.tables import store_check
from hotline.storage.transaction import TableStore

#: Whatever came of these, there is or was a recording.
_RECORDED = (RecordingState.READY.value, RecordingState.PENDING.value, RecordingState.DELETED.value)
_NUMBERS = ("entries", "files", "read", "stored_bytes", "free_bytes", "total_bytes")


class StoreCheckStore(TableStore):
    """The daily reconciliation: what it found, and what it asks of the ledger. Lists name some, counts are of all."""

    def add(self, check: StoreCheck) -> None:
        counts = {name: getattr(check, name) for name in _NUMBERS} | {
            "differences": {kind.value: count for kind, count in check.counts.items()},
            "read_to": check.rotation.read_to,
            "begun": check.rotation.begun.isoformat(),
        }
        findings = [
            {
                "kind": found.kind.value,
                "what": found.what,
                "detail": found.detail.as_json() if found.detail else "",
                "call_id": found.call_id,
                "recording_id": found.recording_id,
            }
            for found in check.found
        ]
        self._connection.execute(
            insert(store_check).values(at=check.at, node=check.node, counts=counts, findings=findings)
        )

    def since(self, at: datetime, node: str) -> list[StoreCheck]:
        """Oldest first, without what was found by name."""
        rows = self._connection.execute(
            select(store_check.c.id, store_check.c.at, store_check.c.node, store_check.c.counts)
            .where(store_check.c.node == node, store_check.c.at >= at)
            .order_by(store_check.c.at, store_check.c.id)
        )
        return [_check(row, []) for row in rows]

    def latest(self, node: str) -> StoreCheck | None:
        row = self._connection.execute(
            select(store_check)
            .where(store_check.c.node == node)
            .order_by(store_check.c.at.desc(), store_check.c.id.desc())
            .limit(1)
        ).first()
        return _check(row, row.findings) if row else None

    def calls_without_recording(self, node: str, since: datetime, until: datetime) -> tuple[int, list[Discrepancy]]:
        """Calls of this node with a customer that ended in [since, until) and were talked on, of which nothing was ever
        taken in."""
        recorded = exists().where(
            recording.c.node == call.c.node, recording.c.linkedid == call.c.linkedid, recording.c.state.in_(_RECORDED)
        )
        wanted = (
            call.c.node == node,
            call.c.ended_at >= since,
            call.c.ended_at < until,
            call.c.talk_seconds > 0,
            IS_WITH_CUSTOMER,
            ~recorded,
        )
        rows = self._connection.execute(
            select(call.c.id, call.c.node, call.c.linkedid, call.c.talk_seconds)
            .where(*wanted)
            .order_by(call.c.ended_at.desc())
            .limit(NAMED)
        )
        found = [
            Discrepancy(
                Difference.NO_RECORDING,
                f"{row.node}/{row.linkedid}",
                because("retention.talked", seconds=round(row.talk_seconds)),
                row.id,
            )
            for row in rows
        ]
        return self._count(select(func.count()).select_from(call).where(*wanted)), found

    def recordings_without_call(self, until: datetime) -> tuple[int, list[Discrepancy]]:
        known = exists().where(call.c.node == recording.c.node, call.c.linkedid == recording.c.linkedid)
        wanted = (recording.c.started_at < until, recording.c.state != RecordingState.DELETED.value, ~known)
        rows = self._connection.execute(
            select(recording.c.id, recording.c.path, recording.c.source_file, recording.c.node, recording.c.linkedid)
            .where(*wanted)
            .order_by(recording.c.id.desc())
            .limit(NAMED)
        )
        found = [
            Discrepancy(
                Difference.NO_CALL,
                row.path or row.source_file,
                because("retention.of_call", call=f"{row.node}/{row.linkedid}"),
                recording_id=row.id,
            )
            for row in rows
        ]
        return self._count(select(func.count()).select_from(recording).where(*wanted)), found

    def not_kept_since(self, before: datetime) -> tuple[int, list[Discrepancy]]:
        """Taken in, of calls that ended before then, and not in their final form."""
        same_call = and_(recording.c.node == call.c.node, recording.c.linkedid == call.c.linkedid)
        ended = func.coalesce(call.c.ended_at, recording.c.started_at)
        wanted = (recording.c.kept_at.is_(None), recording.c.state == RecordingState.READY.value, ended < before)
        joined = recording.outerjoin(call, same_call)
        rows = self._connection.execute(
            select(recording.c.id, recording.c.path, call.c.id.label("call_id"))
            .select_from(joined)
            .where(*wanted)
            .order_by(recording.c.id)
            .limit(NAMED)
        )
        found = [Discrepancy(Difference.NOT_KEPT, row.path or "", None, row.call_id, row.id) for row in rows]
        return self._count(select(func.count()).select_from(joined).where(*wanted)), found

    def kept_beyond(self, recording_id: int, limit: int) -> list[RecordingEntry]:
        """Kept ones with a higher id, by id."""
        rows = self._connection.execute(
            select(recording).where(recording.c.id > recording_id, *_kept()).order_by(recording.c.id).limit(limit)
        )
        return [entry_of(row) for row in rows]

    def count_kept_beyond(self, recording_id: int) -> int:
        return self._count(select(func.count()).select_from(recording).where(recording.c.id > recording_id, *_kept()))

    def first_and_last(self) -> tuple[datetime, datetime] | None:
        """Begin of the first and the last kept recording; None when there is none."""
        row = self._connection.execute(
            select(func.min(recording.c.started_at), func.max(recording.c.started_at)).where(*_kept())
        ).one()
        return (row[0], row[1]) if row[0] else None

    def call_ids(self, entries: Sequence[RecordingEntry]) -> dict[int, int]:
        """Recording -> its call's row."""
        same_call = and_(recording.c.node == call.c.node, recording.c.linkedid == call.c.linkedid)
        rows = self._connection.execute(
            select(recording.c.id, call.c.id.label("call_id"))
            .select_from(recording.join(call, same_call))
            .where(recording.c.id.in_([entry.id for entry in entries][:NAMED]))
        )
        return {row.id: row.call_id for row in rows}

    def _count(self, wanted: Any) -> int:
        return self._connection.scalar(wanted) or 0


def _kept() -> tuple[Any, ...]:
    return recording.c.state == RecordingState.READY.value, recording.c.kept_at.is_not(None)


def _detail(stored: dict[str, Any] | str) -> Reason | None:
    if isinstance(stored, str):
        return because("storage.legacy", text=stored) if stored else None
    return Reason.from_json(stored)


def _check(row: Row[*tuple[Any, ...]], findings: list[dict[str, Any]]) -> StoreCheck:
    counts = row.counts
    return StoreCheck(
        row.at,
        row.node,
        {Difference(kind): count for kind, count in counts["differences"].items()},
        tuple(
            Discrepancy(
                Difference(each["kind"]), each["what"], _detail(each["detail"]), each["call_id"], each["recording_id"]
            )
            for each in findings
        ),
        **{name: counts[name] for name in _NUMBERS},
        rotation=Rotation(counts["read_to"], date.fromisoformat(counts["begun"])),
        id=row.id,
    )
