"""Recordings in their final form or due for it, and the chain of each day."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, or_, select, tuple_

from hotline.domain.recordings.chain import ChainEnd
from hotline.domain.recordings.recording import RecordingEntry, RecordingState
from hotline.storage.one_at_a_time import hold_alone
from hotline.storage.recordings.store import entry_of
from hotline.storage.recordings.tables import recording
from hotline.storage.transaction import TableStore

#: Of the PostgreSQL advisory lock under which entries are chained; any constant that nothing else uses.
_CHAIN_LOCK = 400_004


class KeptRecordingStore(TableStore):
    """The rows of recordings that are kept, or are to be."""

    def to_keep(self, node: str, now: datetime) -> RecordingEntry | None:
        """The node's newest that was taken in, is not kept and may be tried now."""
        row = self._connection.execute(_TO_KEEP, {"node": node, "now": now}).first()
        return entry_of(row) if row else None

    def waiting(self, node: str) -> int:
        """How many of the node's recordings were taken in and are not kept."""
        return self._connection.scalar(_WAITING, {"node": node}) or 0

    def not_kept(self, node: str, after_id: int, limit: int) -> list[RecordingEntry]:
        """Those of `waiting` beyond this id, by id."""
        rows = self._connection.execute(
            _waiting(select(recording)).where(recording.c.id > after_id).order_by(recording.c.id).limit(limit),
            {"node": node},
        )
        return [entry_of(row) for row in rows]

    def end_of_chain(self, day: str) -> ChainEnd:
        """Where that day's chain ends; until the end of the transaction nobody else can add to it: SQLite has one
        writer anyway, on PostgreSQL a lock is held from here to the commit."""
        hold_alone(self._connection, _CHAIN_LOCK)
        row = self._connection.execute(_END_OF_CHAIN, {"day": day}).first()
        return ChainEnd(row.chain_number, row.chain_hash or "") if row else ChainEnd()

    def chained(self, since_day: str, until_day: str, after: tuple[str, int], limit: int) -> list[RecordingEntry]:
        """Entries of the chains of [since_day, until_day) beyond (day, number) `after`, in their order."""
        place = tuple_(recording.c.chain_day, recording.c.chain_number)
        rows = self._connection.execute(
            _of_days(select(recording), since_day, until_day)
            .where(place > after)
            .order_by(recording.c.chain_day, recording.c.chain_number)
            .limit(limit)
        )
        return [entry_of(row) for row in rows]

    def count(self, since_day: str, until_day: str) -> int:
        """How many entries the chains of [since_day, until_day) have."""
        wanted = _of_days(select(func.count()).select_from(recording), since_day, until_day)
        return self._connection.scalar(wanted) or 0

    def started_within(self, since: datetime, until: datetime) -> list[RecordingEntry]:
        """All recordings, whatever their state, that began in [since, until), by begin."""
        rows = self._connection.execute(
            select(recording)
            .where(recording.c.started_at >= since, recording.c.started_at < until)
            .order_by(recording.c.started_at, recording.c.id)
        )
        return [entry_of(row) for row in rows]


def _waiting(query: Select[Any]) -> Select[Any]:
    columns = recording.c
    return query.where(
        columns.node == bindparam("node"), columns.kept_at.is_(None), columns.state == RecordingState.READY.value
    )


#: What the worker asks of each: made once, since making it costs as much as asking.
_TO_KEEP = (
    _waiting(select(recording))
    .where(or_(recording.c.next_attempt_at.is_(None), recording.c.next_attempt_at <= bindparam("now")))
    .order_by(recording.c.started_at.desc(), recording.c.id.desc())
    .limit(1)
)
_WAITING = _waiting(select(func.count()).select_from(recording))
_END_OF_CHAIN = (
    select(recording.c.chain_number, recording.c.chain_hash)
    .where(recording.c.chain_day == bindparam("day"))
    .order_by(recording.c.chain_number.desc())
    .limit(1)
)


def _of_days(query: Select[Any], since_day: str, until_day: str) -> Select[Any]:
    return query.where(recording.c.chain_day >= since_day, recording.c.chain_day < until_day)
