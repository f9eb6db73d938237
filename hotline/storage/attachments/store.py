"""Files that were attached to something."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, delete, insert, or_, select, update

from hotline.domain.attachments.attachment import Attachment
from hotline.domain.batches import batches
from hotline.storage.attachments.tables import attachment
from hotline.storage.inserted import new_id
from hotline.storage.transaction import TableStore

_ROW = attachment.c
_COLUMNS = tuple(each.name for each in dataclasses.fields(Attachment))
_THERE = and_(_ROW.kept_at.is_not(None), _ROW.removed_at.is_(None))


def _attachment(row: Row[Any]) -> Attachment:
    return Attachment(**{name: getattr(row, name) for name in _COLUMNS})


class AttachmentStore(TableStore):
    def add(self, new: Attachment) -> Attachment:
        values = {name: getattr(new, name) for name in _COLUMNS if name != "id"}
        return dataclasses.replace(new, id=new_id(self._connection.execute(insert(attachment).values(values))))

    def by_id(self, attachment_id: int) -> Attachment | None:
        """One that is there."""
        row = self._connection.execute(select(attachment).where(_ROW.id == attachment_id, _THERE)).first()
        return _attachment(row) if row else None

    def of(self, kind: str, object_ids: Collection[int]) -> list[Attachment]:
        """Those that are there, of these objects, oldest first."""
        return [
            _attachment(row)
            for some in batches(sorted(object_ids))
            for row in self._connection.execute(
                select(attachment)
                .where(_ROW.kind == kind, _ROW.object_id.in_(some), _THERE)
                .order_by(_ROW.object_id, _ROW.id)
            )
        ]

    def there_beyond(self, after_id: int, limit: int) -> list[Attachment]:
        """Those that are there, by id."""
        rows = self._connection.execute(
            select(attachment).where(_ROW.id > after_id, _THERE).order_by(_ROW.id).limit(limit)
        )
        return [_attachment(row) for row in rows]

    def paths(self) -> set[str]:
        """Of all that are there, are brought in or go."""
        return set(self._connection.scalars(select(_ROW.path)))

    def whole_like(self, new: Attachment) -> Attachment | None:
        """One of the same bytes at the same object that is there. Whoever brings them in beside this transaction waits
        for its end."""
        same = (_ROW.kind == new.kind, _ROW.object_id == new.object_id, _ROW.sha256 == new.sha256)
        wanted = select(attachment).where(*same, _ROW.removed_at.is_(None)).order_by(_ROW.id).with_for_update()
        return next((_attachment(row) for row in self._connection.execute(wanted) if row.kept_at is not None), None)

    def keep(self, attachment_id: int, now: datetime) -> None:
        self._connection.execute(update(attachment).where(_ROW.id == attachment_id).values(kept_at=now))

    def remove(self, ids: Collection[int], by: str, now: datetime) -> int:
        """They are shown no more, and their names are forgotten; how many were there."""
        wanted = update(attachment).where(_ROW.id.in_(list(ids)), _THERE)
        return self._connection.execute(wanted.values(name="", removed_at=now, removed_by=by)).rowcount

    def going(self, abandoned_before: datetime, limit: int) -> Sequence[Attachment]:
        """Those that were removed, and those that were begun before then and never became whole."""
        abandoned = and_(_ROW.kept_at.is_(None), _ROW.created_at < abandoned_before)
        wanted = select(attachment).where(or_(_ROW.removed_at.is_not(None), abandoned))
        return [_attachment(row) for row in self._connection.execute(wanted.order_by(_ROW.id).limit(limit))]

    def forget(self, attachment_id: int) -> None:
        """Its file is gone."""
        self._connection.execute(delete(attachment).where(_ROW.id == attachment_id))
