"""Who leaves when (`LeavingStore`)."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from hotline.domain.hiring.leaving import Leaving
from hotline.storage.hiring.tables import leaving
from hotline.storage.inserted import new_id
from hotline.storage.transaction import TableStore

_COLUMNS = tuple(field.name for field in dataclasses.fields(Leaving))
_OPEN = leaving.c.done_at.is_(None)


class LeavingStore(TableStore):
    def add(self, new: Leaving) -> Leaving:
        """Raises Conflict when this extension's holder leaves already."""
        values = {name: getattr(new, name) for name in _COLUMNS if name != "id"}
        return dataclasses.replace(new, id=new_id(self._connection.execute(insert(leaving).values(values))))

    def open_of(self, extension: str) -> Leaving | None:
        """Of whoever has this extension, if they leave."""
        row = self._connection.execute(select(leaving).where(leaving.c.extension == extension, _OPEN)).first()
        return _leaving(row) if row else None

    def due(self, now: datetime) -> list[Leaving]:
        """The earliest first."""
        wanted = select(leaving).where(leaving.c.at <= now, _OPEN).order_by(leaving.c.at, leaving.c.id)
        return [_leaving(row) for row in self._connection.execute(wanted)]

    def between(self, since: datetime, until: datetime) -> list[Leaving]:
        """Whoever leaves in [since, until), done or not; the earliest first."""
        wanted = select(leaving).where(leaving.c.at >= since, leaving.c.at < until)
        return [_leaving(row) for row in self._connection.execute(wanted.order_by(leaving.c.at, leaving.c.id))]

    def done(self, leaving_id: int, at: datetime) -> bool:
        """False when it was done already, or taken back."""
        changed = update(leaving).where(leaving.c.id == leaving_id, _OPEN).values(done_at=at)
        return self._connection.execute(changed).rowcount == 1

    def take_back(self, extension: str) -> bool:
        """They stay. False when nobody is to leave."""
        return self._connection.execute(delete(leaving).where(leaving.c.extension == extension, _OPEN)).rowcount == 1


def _leaving(row: Row[Any]) -> Leaving:
    return Leaving(**{name: getattr(row, name) for name in _COLUMNS})
