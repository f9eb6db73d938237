"""The calls that belong to cases."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from hotline.domain.batches import batches
from hotline.storage.cases.tables import case_call
from hotline.storage.transaction import TableStore
from hotline.storage.upsert import insert_into

_IT = case_call.c


@dataclass(frozen=True, slots=True)
class CaseCall:
    """A call that belongs to a case: by whom and when it was attached."""

    case_id: int
    node: str
    linkedid: str
    by: str
    at: datetime


class CaseCallStore(TableStore):
    def add(self, call: CaseCall) -> bool:
        """False when it belongs to it already."""
        values = {name: getattr(call, name) for name in CaseCall.__dataclass_fields__}
        wanted = insert_into(self._connection, case_call).on_conflict_do_nothing(
            index_elements=["case_id", "node", "linkedid"]
        )
        return self._connection.execute(wanted.values(values)).rowcount == 1

    def remove(self, case_id: int, node: str, linkedid: str) -> bool:
        gone = delete(case_call).where(_IT.case_id == case_id, _IT.node == node, _IT.linkedid == linkedid)
        return self._connection.execute(gone).rowcount == 1

    def of(self, case_ids: Collection[int]) -> list[CaseCall]:
        """Of all of these, in the order in which they were attached."""
        found: list[CaseCall] = []
        for some in batches(sorted(case_ids)):
            rows = self._connection.execute(select(case_call).where(_IT.case_id.in_(some)).order_by(_IT.id))
            found += [CaseCall(row.case_id, row.node, row.linkedid, row.by, row.at) for row in rows]
        return found

    def cases_of(self, node: str, linkedid: str) -> Sequence[int]:
        """Ids of the cases to which this call belongs, the oldest first."""
        wanted = select(_IT.case_id).where(_IT.linkedid == linkedid, _IT.node == node).order_by(_IT.case_id)
        return list(self._connection.scalars(wanted))
