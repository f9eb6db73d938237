"""What somebody has to see to: one open alert a (kind, object)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, bindparam, func, select, text, update

from hotline.domain.alert import Alert
from hotline.storage.tables import alert
from hotline.storage.transaction import TableStore
from hotline.storage.upsert import insert_into


def _alert(row: Row[Any]) -> Alert:
    return Alert(row.kind, row.object, row.detail, row.raised_at, row.cleared_at, row.id, row.arguments)


#: Asked with every change of an operator's state.
_OPEN = select(alert).where(alert.c.cleared_at.is_(None)).order_by(alert.c.raised_at, alert.c.id)


#: What ends is told of far more often than it is open: made once, since making it costs as much as asking.
_IS_OPEN = (alert.c.kind == bindparam("of_kind"), alert.c.object == bindparam("about"), alert.c.cleared_at.is_(None))
_CLEAR = update(alert).where(*_IS_OPEN).values(cleared_at=bindparam("now"))
_OPEN_ONE = select(alert).where(*_IS_OPEN)


class AlertStore(TableStore):
    def raise_(
        self, kind: str, object: str, detail: str, now: dt.datetime, arguments: Mapping[str, object] | None = None
    ) -> bool:
        """Open an alert; False if the same (kind, object) is open already (detail and arguments are rewritten).
        Inserts first: of two processes that see the same trouble at once, one opens the alert."""
        new = insert_into(self._connection, alert).on_conflict_do_nothing(
            index_elements=["kind", "object"], index_where=text("cleared_at IS NULL")
        )
        values = {
            "kind": kind,
            "object": object,
            "detail": detail,
            "raised_at": now,
            "arguments": dict(arguments or {}),
        }
        if self._connection.execute(new.returning(alert.c.id), values).first():
            return True
        self._connection.execute(
            update(alert)
            .where(alert.c.kind == kind, alert.c.object == object, alert.c.cleared_at.is_(None))
            .values(detail=detail, arguments=dict(arguments or {}))
        )
        return False

    def clear(self, kind: str, object: str, now: dt.datetime) -> bool:
        """False if none is open."""
        return self._connection.execute(_CLEAR, {"of_kind": kind, "about": object, "now": now}).rowcount > 0

    def open_one(self, kind: str, object: str) -> Alert | None:
        row = self._connection.execute(_OPEN_ONE, {"of_kind": kind, "about": object}).first()
        return _alert(row) if row else None

    def last_cleared(self, *kinds: str) -> dict[str, dt.datetime]:
        """By kind, when the latest of each ended; what never was one is left out."""
        last = func.max(alert.c.cleared_at).label("at")
        wanted = select(alert.c.kind, last).where(alert.c.kind.in_(kinds), alert.c.cleared_at.is_not(None))
        return {row.kind: row.at for row in self._connection.execute(wanted.group_by(alert.c.kind))}

    def open(self) -> list[Alert]:
        """Oldest first."""
        return [_alert(row) for row in self._connection.execute(_OPEN)]
