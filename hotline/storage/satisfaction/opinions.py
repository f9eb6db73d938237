"""Opinions of customers, as cases have them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import and_, func, select

from hotline.storage.cases.tables import service_case
from hotline.storage.transaction import TableStore

_C = service_case.c


class OpinionStore(TableStore):
    def counted(self, kinds: Collection[str], since: datetime, until: datetime) -> tuple[int, int]:
        """How many cases of these kinds were opened in [`since`, `until`), and how many of them are closed with a
        result. A merged one goes on within another, and counts as that."""
        handled = func.count().filter(and_(_C.state == "closed", _C.result != ""))
        wanted = (_C.opened_at >= since, _C.opened_at < until, _C.kind.in_(kinds), _C.state != "merged")
        row = self._connection.execute(select(func.count(), handled).where(*wanted)).one()
        return int(row[0]), int(row[1])
