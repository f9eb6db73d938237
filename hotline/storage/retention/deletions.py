"""The register of recordings that were deleted (E2)."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, insert, or_, select, true, type_coerce, update

from hotline.domain.retention.deletion import Deletion, DeletionFilter
from hotline.storage.inserted import new_id
from hotline.storage.retention.tables import recording_deletion
from hotline.storage.transaction import TableStore
from hotline.storage.types import Words

_ROW = recording_deletion.c
_COLUMNS = tuple(each.name for each in dataclasses.fields(Deletion))


def _deletion(row: Row[Any]) -> Deletion:
    return Deletion(**{name: getattr(row, name) for name in _COLUMNS})


class DeletionStore(TableStore):
    def add(self, deletion: Deletion) -> Deletion:
        values = {name: getattr(deletion, name) for name in _COLUMNS if name != "id"}
        return dataclasses.replace(
            deletion, id=new_id(self._connection.execute(insert(recording_deletion).values(values)))
        )

    def of(self, recording_id: int) -> Deletion | None:
        row = self._connection.execute(select(recording_deletion).where(_ROW.recording_id == recording_id)).first()
        return _deletion(row) if row else None

    def unfinished(self) -> list[Deletion]:
        """Whose files are still to be removed, oldest first."""
        rows = self._connection.execute(select(recording_deletion).where(_ROW.finished_at.is_(None)).order_by(_ROW.id))
        return [_deletion(row) for row in rows]

    def finish(self, deletion_id: int, now: datetime) -> None:
        self._connection.execute(
            update(recording_deletion).where(_ROW.id == deletion_id, _ROW.finished_at.is_(None)).values(finished_at=now)
        )

    def search(self, wanted: DeletionFilter, limit: int, offset: int = 0) -> list[Deletion]:
        """Newest first."""
        rows = self._connection.execute(
            select(recording_deletion).where(_condition(wanted)).order_by(_ROW.id.desc()).limit(limit).offset(offset)
        )
        return [_deletion(row) for row in rows]

    def count(self, wanted: DeletionFilter) -> int:
        return (
            self._connection.scalar(select(func.count()).select_from(recording_deletion).where(_condition(wanted))) or 0
        )


def _condition(wanted: DeletionFilter) -> ColumnElement[bool]:
    parts: list[ColumnElement[bool]] = [true()]
    if wanted.since is not None:
        parts.append(_ROW.deleted_at >= wanted.since)
    if wanted.until is not None:
        parts.append(_ROW.deleted_at < wanted.until)
    if wanted.text:
        columns = (_ROW.path, _ROW.linkedid, _ROW.sha256, type_coerce(_ROW.why, Words), _ROW.deleted_by)
        parts.append(or_(*(column.icontains(wanted.text, autoescape=True) for column in columns)))
    return and_(*parts)
