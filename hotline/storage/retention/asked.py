"""Deletions that were asked for, and what a second person said to them."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from hotline.domain.retention.asked import AskedDeletion
from hotline.domain.second_person import ANSWERED_WITHIN
from hotline.storage.inserted import new_id
from hotline.storage.retention.tables import asked_deletion
from hotline.storage.transaction import TableStore

_COLUMNS = tuple(each.name for each in dataclasses.fields(AskedDeletion))
_ASKED = asked_deletion.c


class AskedDeletionStore(TableStore):
    def add(self, new: AskedDeletion) -> AskedDeletion:
        values = {name: getattr(new, name) for name in _COLUMNS if name != "id"}
        result = self._connection.execute(insert(asked_deletion).values({**values, "recordings": list(new.recordings)}))
        return dataclasses.replace(new, id=new_id(result))

    def open(self, now: datetime) -> list[AskedDeletion]:
        """Those that may still be agreed to, the oldest first."""
        wanted = select(asked_deletion).where(*_open(now)).order_by(_ASKED.id)
        return [_asked(row) for row in self._connection.execute(wanted)]

    def count_open(self, now: datetime, but_of: str) -> int:
        """The same without those of this person."""
        wanted = select(func.count()).select_from(asked_deletion).where(*_open(now), _ASKED.asked_by != but_of)
        return self._connection.scalar(wanted) or 0

    def answer(self, asked_id: int, agreed: bool, by: str, now: datetime) -> bool:
        """False when somebody has answered already, or its time is over: of two at once, one is heard."""
        changed = update(asked_deletion).where(_ASKED.id == asked_id, *_open(now))
        changed = changed.values(agreed=agreed, answered_by=by, answered_at=now)
        return self._connection.execute(changed).rowcount == 1


def _open(now: datetime) -> tuple[Any, ...]:
    return _ASKED.answered_at.is_(None), _ASKED.asked_at > now - ANSWERED_WITHIN


def _asked(row: Row[Any]) -> AskedDeletion:
    return AskedDeletion(**{**{name: getattr(row, name) for name in _COLUMNS}, "recordings": tuple(row.recordings)})
