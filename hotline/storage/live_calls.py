"""Calls for the screens that show them while they last."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, bindparam, select

from hotline.services.ports import StoredCall
from hotline.storage.tables import call

#: Asked with every change of a call: made once, since making it costs as much as asking.
_BY_IDS = select(call.c.id, call.c.detail).where(call.c.id.in_(bindparam("ids", expanding=True)))
_IN_PROGRESS = select(call.c.id, call.c.detail).where(call.c.ended_at.is_(None)).order_by(call.c.started_at, call.c.id)


class SqlLiveCalls:
    """Fulfils hotline.services.ports_pop.LiveCalls."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def by_ids(self, call_ids: Collection[int]) -> dict[int, StoredCall]:
        """At most as many as one reading of the outbox brings."""
        if not call_ids:
            return {}
        rows = self._connection.execute(_BY_IDS, {"ids": list(call_ids)})
        return {row.id: StoredCall(row.id, row.detail, ()) for row in rows}

    def in_progress(self) -> list[StoredCall]:
        """Calls without an end, oldest first."""
        return [StoredCall(row.id, row.detail, ()) for row in self._connection.execute(_IN_PROGRESS)]
