"""Which numbers are those of customers with a level."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import and_, bindparam, select

from hotline.domain.batches import batches
from hotline.domain.numbers import Number
from hotline.storage.customers.tables import customer, customer_number
from hotline.storage.transaction import TableStore

#: Asked with every change of a call: made once, since making it costs as much as asking.
_OF_NUMBERS = (
    select(customer_number.c.number, customer.c.level)
    .join(customer, and_(customer.c.id == customer_number.c.customer_id, customer.c.merged_into.is_(None)))
    .where(customer_number.c.number.in_(bindparam("numbers", expanding=True)), customer.c.level != "")
)


class LevelStore(TableStore):
    def of_numbers(self, numbers: Collection[Number]) -> dict[Number, set[str]]:
        """The levels of whoever has these numbers; those of the usual customers alone are left out."""
        found: dict[Number, set[str]] = {}
        for some in batches(sorted(numbers)):
            for row in self._connection.execute(_OF_NUMBERS, {"numbers": list(some)}):
                found.setdefault(row.number, set()).add(row.level)
        return found
