"""Discs that were asked for on the page."""

from __future__ import annotations

import dataclasses
from typing import Any

from sqlalchemy import Row, insert, select, update

from hotline.domain.retention.archive import Medium, WantedDiscs
from hotline.storage.inserted import new_id
from hotline.storage.retention.tables import wanted_discs
from hotline.storage.transaction import TableStore

_COLUMNS = tuple(each.name for each in dataclasses.fields(WantedDiscs))


class WantedDiscsStore(TableStore):
    """Who asked for discs, and how far these are."""

    def add(self, new: WantedDiscs) -> WantedDiscs:
        return dataclasses.replace(new, id=new_id(self._connection.execute(insert(wanted_discs).values(_values(new)))))

    def keep(self, changed: WantedDiscs) -> None:
        self._connection.execute(update(wanted_discs).where(wanted_discs.c.id == changed.id).values(_values(changed)))

    def open(self) -> WantedDiscs | None:
        """The oldest that is not finished."""
        found = select(wanted_discs).where(wanted_discs.c.finished_at.is_(None)).order_by(wanted_discs.c.id).limit(1)
        row = self._connection.execute(found).first()
        return _wanted(row) if row else None

    def latest(self, limit: int) -> list[WantedDiscs]:
        rows = self._connection.execute(select(wanted_discs).order_by(wanted_discs.c.id.desc()).limit(limit))
        return [_wanted(row) for row in rows]


def _values(wanted: WantedDiscs) -> dict[str, Any]:
    values = {name: getattr(wanted, name) for name in _COLUMNS if name != "id"}
    return {**values, "medium": wanted.medium.value}


def _wanted(row: Row[Any]) -> WantedDiscs:
    values = {name: getattr(row, name) for name in _COLUMNS}
    return WantedDiscs(**{**values, "medium": Medium(row.medium)})
