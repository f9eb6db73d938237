"""Which numbers are those of customers with a level."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import and_, select

from hotline.domain.batches import batches
from hotline.domain.numbers import Number
from hotline.storage.customers.tables import customer, customer_number
from hotline.storage.transaction import TableStore


class LevelStore(TableStore):
    def of_numbers(self, numbers: Collection[Number]) -> dict[Number, set[str]]:
        """The levels of whoever has these numbers; those of the usual customers alone are left out."""
        found: dict[Number, set[str]] = {}
        theirs = and_(customer.c.id == customer_number.c.customer_id, customer.c.merged_into.is_(None))
        for some in batches(sorted(numbers)):
            wanted = select(customer_number.c.number, customer.c.level).join(customer, theirs)
            for row in self._connection.execute(
                wanted.where(customer_number.c.number.in_(some), customer.c.level != "")
            ):
                found.setdefault(row.number, set()).add(row.level)
        return found
