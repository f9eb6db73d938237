"""E2: the call of a visit is kept for it: three years from when the visit was made."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from sqlalchemy import Connection, select

from hotline.domain.batches import batches
from hotline.storage.kept_for import CallKey, KeepsCalls
from hotline.storage.visits.tables import visit


class _Visits(KeepsCalls):
    def visits(self, connection: Connection, linkedids: Collection[str]) -> Iterator[tuple[CallKey, datetime | None]]:
        wanted = select(visit.c.node, visit.c.linkedid, visit.c.closed_at)
        for some in batches(sorted(linkedids)):
            # By the same words as the partial index, else SQLite does not take it.
            found = wanted.where(visit.c.linkedid.in_(some), visit.c.linkedid != "")
            for row in connection.execute(found):
                yield (row.node, row.linkedid), row.closed_at


KEPT_FOR = _Visits()
