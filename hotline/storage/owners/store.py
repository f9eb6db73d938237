"""Whose customer each one is."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select, update

from hotline.domain.batches import batches
from hotline.domain.owners.sharing import Load
from hotline.storage.customers.tables import customer
from hotline.storage.owners.tables import customer_owner
from hotline.storage.transaction import TableStore
from hotline.storage.upsert import rewriting

_IT = customer_owner.c


@dataclass(frozen=True, slots=True)
class Owned:
    """`owner`: a user name, "" for nobody at the moment. `visit_id`: the first contact."""

    customer_id: int
    owner: str
    potential: int
    since: datetime
    by: str
    visit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Fresh:
    """A customer who has nobody. `created_at`: since when they are known."""

    customer_id: int
    level: str
    created_at: datetime


class OwnerStore(TableStore):
    def of(self, customer_id: int) -> Owned | None:
        row = self._connection.execute(select(customer_owner).where(_IT.customer_id == customer_id)).one_or_none()
        return _owned(row) if row else None

    def of_all(self, customer_ids: Collection[int]) -> dict[int, Owned]:
        found: dict[int, Owned] = {}
        for some in batches(sorted(customer_ids)):
            rows = self._connection.execute(select(customer_owner).where(_IT.customer_id.in_(some)))
            found |= {row.customer_id: _owned(row) for row in rows}
        return found

    def give(self, owned: Owned) -> None:
        values = {
            name: getattr(owned, name) for name in ("customer_id", "owner", "potential", "since", "by", "visit_id")
        }
        self._connection.execute(rewriting(self._connection, customer_owner, "customer_id").values(values))

    def contacted_by(self, customer_id: int, visit_id: int) -> None:
        self._connection.execute(update(customer_owner).where(_IT.customer_id == customer_id).values(visit_id=visit_id))

    def loads(self) -> dict[str, Load]:
        """What everybody has, by user name."""
        rows = self._connection.execute(
            select(_IT.owner, func.count().label("n"), func.sum(_IT.potential).label("potential"))
            .where(_IT.owner != "")
            .group_by(_IT.owner)
        )
        return {row.owner: Load(row.n, row.potential or 0) for row in rows}

    def without(self, limit: int) -> list[Fresh]:
        """Customers that nobody has, by id; merged ones are left out."""
        rows = self._connection.execute(
            select(customer.c.id, customer.c.level, customer.c.created_at)
            .outerjoin(customer_owner, _IT.customer_id == customer.c.id)
            .where(customer.c.merged_into.is_(None), func.coalesce(_IT.owner, "") == "")
            .order_by(customer.c.id)
            .limit(limit)
        )
        return [Fresh(row.id, row.level, row.created_at) for row in rows]

    def customers_of(self, owner: str, limit: int, offset: int = 0) -> list[int]:
        wanted = select(_IT.customer_id).where(_IT.owner == owner).order_by(_IT.customer_id)
        return list(self._connection.scalars(wanted.limit(limit).offset(offset)))

    def named(self, customer_ids: Sequence[int]) -> Mapping[int, str]:
        """Their names, by id."""
        found: dict[int, str] = {}
        for some in batches(customer_ids):
            rows = self._connection.execute(select(customer.c.id, customer.c.name).where(customer.c.id.in_(some)))
            found |= {row.id: row.name for row in rows}
        return found


def _owned(row: Row[Any]) -> Owned:
    return Owned(row.customer_id, row.owner, row.potential, row.since, row.by, row.visit_id)
