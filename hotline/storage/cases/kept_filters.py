"""Filters of the lists of cases, as they are kept."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection

from sqlalchemy import case, delete, or_, select

from hotline.domain.cases.kept_filter import KeptFilter
from hotline.storage.cases.tables import case_filter
from hotline.storage.transaction import TableStore
from hotline.storage.upsert import rewriting

_IT = case_filter.c
_COLUMNS = tuple(each.name for each in dataclasses.fields(KeptFilter))


class KeptFilterStore(TableStore):
    def keep(self, kept: KeptFilter) -> None:
        """In place of theirs of the same name."""
        values = {name: getattr(kept, name) for name in _COLUMNS if name != "id"}
        self._connection.execute(rewriting(self._connection, case_filter, "owner", "name"), [values])

    def of(self, owner: str, units: Collection[int] = ()) -> list[KeptFilter]:
        """Theirs, then what is shared with these teams and departments, then what is shared with all; each by name."""
        seen = or_(_IT.owner == owner, _IT.shared, _IT.unit_id.in_(sorted(units)))
        theirs_first = case((_IT.shared, 2), (_IT.owner == owner, 0), else_=1)
        rows = self._connection.execute(select(case_filter).where(seen).order_by(theirs_first, _IT.name, _IT.id))
        return [KeptFilter(**{name: getattr(row, name) for name in _COLUMNS}) for row in rows]

    def by_id(self, filter_id: int) -> KeptFilter | None:
        row = self._connection.execute(select(case_filter).where(_IT.id == filter_id)).first()
        return KeptFilter(**{name: getattr(row, name) for name in _COLUMNS}) if row else None

    def drop(self, filter_id: int) -> None:
        self._connection.execute(delete(case_filter).where(_IT.id == filter_id))
