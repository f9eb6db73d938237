"""What the carrier's page counts: spans of calls, dials that found no channel, calls that are in the ledger."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select

from hotline.domain.batches import batches
from hotline.domain.calls.call import Direction
from hotline.domain.dialling.dial import DialOutcome
from hotline.domain.interval import Interval
from hotline.storage.calls.tables import call
from hotline.storage.dialling.tables import dial
from hotline.storage.transaction import TableStore


class CarrierStore(TableStore):
    def spans(self, direction: Direction, since: datetime) -> list[Interval]:
        """From when to when the calls that began since then were carried, as far as they are over."""
        wanted = select(call.c.started_at, call.c.ended_at).where(
            call.c.started_at >= since, call.c.direction == direction.value, call.c.ended_at.is_not(None)
        )
        return [Interval(row.started_at, row.ended_at) for row in self._connection.execute(wanted)]

    def calls(self, direction: Direction, since: datetime) -> tuple[int, datetime | None]:
        """How many began since then, and when the latest of all did."""
        ours = call.c.direction == direction.value
        count = self._connection.scalar(select(func.count()).where(ours, call.c.started_at >= since)) or 0
        last: datetime | None = self._connection.scalar(select(func.max(call.c.started_at)).where(ours))
        return count, last

    def dials(self, outcome: DialOutcome, since: datetime) -> int:
        wanted = select(func.count()).where(dial.c.asked_at >= since, dial.c.outcome == outcome.value)
        return self._connection.scalar(wanted) or 0

    def known(self, node: str, linkedids: Collection[str]) -> frozenset[str]:
        """Those of them that have a row."""
        found: set[str] = set()
        for some in batches(sorted(linkedids)):
            wanted = select(call.c.linkedid).where(call.c.node == node, call.c.linkedid.in_(some))
            found.update(self._connection.scalars(wanted))
        return frozenset(found)
