"""The register of discs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, insert, select, update

from hotline.domain.batches import batches
from hotline.domain.recordings.recording import RecordingState
from hotline.domain.retention.archive import Disc, DiscItem, Medium, ToArchive
from hotline.storage.calls.tables import call
from hotline.storage.inserted import new_id
from hotline.storage.recordings.tables import recording
from hotline.storage.retention.tables import archive_disc, archive_item
from hotline.storage.transaction import TableStore

_COUNT = (
    select(func.count())
    .where(archive_item.c.disc_id == archive_disc.c.id)
    .correlate(archive_disc)
    .scalar_subquery()
    .label("recordings")
)


class DiscStore(TableStore):
    """The register of discs (E2)."""

    def to_archive(self, since: datetime | None, until: datetime, again: bool) -> list[ToArchive]:
        """Kept recordings of calls that began in [since, until), by call; unless `again`, only those on no disc."""
        columns = recording.c
        began = func.coalesce(call.c.started_at, columns.started_at)
        same_call = and_(call.c.node == columns.node, call.c.linkedid == columns.linkedid)
        wanted = (
            select(
                columns.id,
                columns.node,
                columns.linkedid,
                columns.kind,
                columns.started_at,
                columns.seconds,
                columns.path,
                columns.size_bytes,
                columns.sha256,
            )
            .select_from(recording.outerjoin(call, same_call))
            .where(*_ready(), columns.kept_at.is_not(None), *_within(began, since, until))
            .order_by(began, columns.node, columns.linkedid, columns.started_at, columns.id)
        )
        if not again:
            wanted = wanted.where(columns.id.not_in(select(archive_item.c.recording_id)))
        return [
            ToArchive(
                row.id,
                row.node,
                row.linkedid,
                row.kind,
                row.started_at,
                row.seconds or 0.0,
                row.path,
                row.size_bytes or 0,
                row.sha256,
            )
            for row in self._connection.execute(wanted)
        ]

    def not_kept(self, since: datetime | None, until: datetime) -> int:
        """How many of that time are in the store but not in their final form yet."""
        wanted = (
            select(func.count())
            .select_from(recording)
            .where(*_ready(), recording.c.kept_at.is_(None), *_within(recording.c.started_at, since, until))
        )
        return self._connection.scalar(wanted) or 0

    def next_number(self) -> int:
        """One more than the number of the disc registered last."""
        return (self._connection.scalar(select(func.max(archive_disc.c.id))) or 0) + 1

    def add(self, disc: Disc, items: Sequence[DiscItem]) -> None:
        """Raises Conflict for a label that is there already."""
        added = self._connection.execute(
            insert(archive_disc).values(
                label=disc.label,
                medium=disc.medium.value,
                since=disc.since,
                until=disc.until,
                file=disc.file,
                size_bytes=disc.size_bytes,
                sha256=disc.sha256,
                encrypted=disc.encrypted,
                created_at=disc.created_at,
                created_by=disc.created_by,
            )
        )
        disc_id = new_id(added)
        rows = [
            {"disc_id": disc_id, "recording_id": item.recording_id, "path": item.path, "sha256": item.sha256}
            for item in items
        ]
        if rows:
            self._connection.execute(insert(archive_item), rows)

    def all(self) -> list[Disc]:
        """Newest first, with the number of recordings on each."""
        rows = self._connection.execute(select(archive_disc, _COUNT).order_by(archive_disc.c.id.desc()))
        return [_disc(row) for row in rows]

    def by_label(self, label: str) -> Disc | None:
        row = self._connection.execute(select(archive_disc, _COUNT).where(archive_disc.c.label == label)).first()
        return _disc(row) if row else None

    def items(self, disc_id: int) -> list[DiscItem]:
        rows = self._connection.execute(
            select(archive_item).where(archive_item.c.disc_id == disc_id).order_by(archive_item.c.path)
        )
        return [DiscItem(row.recording_id, row.path, row.sha256) for row in rows]

    def holding(self, recording_ids: Sequence[int]) -> Mapping[int, list[Disc]]:
        """The discs on which each of these recordings is, newest first; only those that are on any."""
        found: dict[int, list[Disc]] = {}
        for some in batches(recording_ids):
            rows = self._connection.execute(
                select(archive_disc, _COUNT, archive_item.c.recording_id)
                .select_from(archive_disc.join(archive_item, archive_item.c.disc_id == archive_disc.c.id))
                .where(archive_item.c.recording_id.in_(some))
                .order_by(archive_disc.c.id.desc())
            )
            for row in rows:
                found.setdefault(row.recording_id, []).append(_disc(row))
        return found

    def verified(self, label: str, at: datetime) -> None:
        self._connection.execute(update(archive_disc).where(archive_disc.c.label == label).values(verified_at=at))


def _ready() -> tuple[ColumnElement[bool], ...]:
    return (recording.c.state == RecordingState.READY.value,)


def _within(column: Any, since: datetime | None, until: datetime) -> list[ColumnElement[bool]]:
    return [column < until, *([column >= since] if since else [])]


def _disc(row: Row[Any]) -> Disc:
    return Disc(
        row.label,
        Medium(row.medium),
        row.since,
        row.until,
        row.file,
        row.size_bytes,
        row.sha256,
        bool(row.encrypted),
        row.created_at,
        row.created_by,
        row.verified_at,
        row.id,
        row.recordings,
    )
