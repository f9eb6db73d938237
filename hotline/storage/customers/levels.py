"""Which customers are of a level, by their numbers."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from hotline.domain.batches import batches
from hotline.storage.customers.tables import customer, customer_number
from hotline.storage.transaction import TableStore


class LevelStore(TableStore):
    def numbers_with(self, levels: Collection[str], numbers: Collection[str]) -> set[str]:
        """Those of these numbers that somebody of one of these levels has; merged ones are left out."""
        found: set[str] = set()
        theirs = (
            select(customer_number.c.number)
            .join(customer, customer.c.id == customer_number.c.customer_id)
            .where(customer.c.merged_into.is_(None), customer.c.level.in_(sorted(levels)))
        )
        for some in batches(sorted(numbers)) if levels else ():
            found |= set(self._connection.scalars(theirs.where(customer_number.c.number.in_(some))))
        return found
