"""How long cases took by working time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select, update

from hotline.storage.cases.tables import IS_UNCOUNTED, service_case
from hotline.storage.transaction import TableStore

_CASE = service_case.c


class SolvingStore(TableStore):
    def keep(self, took: Mapping[int, int | None]) -> None:
        """By case, in milliseconds; None: it is open again."""
        for case_id, milliseconds in took.items():
            changed = update(service_case).where(_CASE.id == case_id, _CASE.solved_in_ms.is_distinct_from(milliseconds))
            self._connection.execute(changed.values(solved_in_ms=milliseconds))

    def uncounted(self, limit: int) -> list[tuple[int, datetime, datetime]]:
        """Closed ones, the oldest first: id, opened, closed."""
        columns = (_CASE.id, _CASE.opened_at, _CASE.closed_at)
        wanted = select(*columns).where(IS_UNCOUNTED, _CASE.closed_at.is_not(None)).order_by(_CASE.id).limit(limit)
        return [(row.id, row.opened_at, row.closed_at) for row in self._connection.execute(wanted)]
