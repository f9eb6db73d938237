"""Facts about calls that CEL does not have, stored so that folding again gives the same result."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, select

from hotline.domain.batches import batches
from hotline.domain.calls.events import Fact, FactKind
from hotline.storage.calls.tables import call_fact
from hotline.storage.transaction import TableStore
from hotline.storage.upsert import leaving

#: Asked of every call that ends: made once, since making it costs as much as asking.
_OF = (
    select(call_fact)
    .where(call_fact.c.node == bindparam("node"), call_fact.c.linkedid.in_(bindparam("linkedids", expanding=True)))
    .order_by(call_fact.c.at, call_fact.c.id)
)


class FactStore(TableStore):
    def add(self, node: str, facts: Sequence[Fact]) -> None:
        """Add what is not there yet; the same fact twice is one."""
        if facts:
            self._connection.execute(
                leaving(self._connection, call_fact),
                [
                    {
                        "node": node,
                        "linkedid": fact.linkedid,
                        "at": fact.at,
                        "kind": fact.kind.value,
                        "channel": fact.channel,
                    }
                    for fact in facts
                ],
            )

    def of(self, node: str, linkedids: Sequence[str]) -> dict[str, list[Fact]]:
        """The facts of each of these calls, oldest first; a call without any is left out."""
        found: dict[str, list[Fact]] = {}
        for some in batches(linkedids):
            rows = self._connection.execute(_OF, {"node": node, "linkedids": list(some)})
            for row in rows:
                fact = Fact(row.at, FactKind(row.kind), row.linkedid, row.channel)
                found.setdefault(row.linkedid, []).append(fact)
        return found
