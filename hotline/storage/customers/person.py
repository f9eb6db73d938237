"""G3: what is known of a customer."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import or_, select, update

from hotline.domain.customers.history import Merge
from hotline.storage.customers.merges import merge_of
from hotline.storage.customers.tables import customer, customer_merge, customer_number
from hotline.storage.personal import Holds, PersonalTable
from hotline.storage.transaction import TableStore

_MERGE = customer_merge.c
_WRITTEN = "name company region address mail note"

COLUMNS = (
    PersonalTable(
        customer,
        part="customers",
        copied=_WRITTEN,
        erased=_WRITTEN,
        repeats="search_text",
        nothing={Holds.CODE: "preferred_way level", Holds.STAFF: "updated_by"},
    ),
    # Of who does not want to be called or asked the number stays (E3, E10).
    PersonalTable(customer_number, part="customers", copied="number extension label", erased="number extension label"),
    PersonalTable(
        customer_merge,
        part="customers",
        copied="kept_before",
        erased="kept_before",
        nothing={Holds.STAFF: "by", Holds.ID: "moved"},
    ),
)


class PersonCustomerStore(TableStore):
    def merges(self, customer_ids: Collection[int]) -> list[Merge]:
        """How they became one, oldest first."""
        ids = sorted(customer_ids)
        theirs = or_(_MERGE.kept_id.in_(ids), _MERGE.merged_id.in_(ids))
        rows = self._connection.execute(select(customer_merge).where(theirs).order_by(_MERGE.id))
        return [merge_of(row) for row in rows]

    def forget_merges(self, customer_ids: Collection[int], now: datetime) -> None:
        """What stood in customers before they became one is deleted; they can be split no more."""
        ids = sorted(customer_ids)
        theirs = or_(_MERGE.kept_id.in_(ids), _MERGE.merged_id.in_(ids))
        self._connection.execute(update(customer_merge).where(theirs, _MERGE.undone_at.is_(None)).values(undone_at=now))
        self._connection.execute(update(customer_merge).where(theirs).values(kept_before={}))

    def forget_labels(self, customer_id: int) -> None:
        """Delete what was written beside the numbers."""
        self._connection.execute(
            update(customer_number).where(customer_number.c.customer_id == customer_id).values(label="")
        )
