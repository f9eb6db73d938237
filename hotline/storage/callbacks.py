"""The calls that we owe (A9)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Connection, Row, delete, select, text, update

from hotline.domain.records import Callback, CallbackReason
from hotline.storage.tables import callback
from hotline.storage.upsert import insert_into

#: As in hotline.storage.facts: SQLite takes 32,766 variables in a statement.
_AT_ONCE = 1000

#: As the table's two unique indexes have it, by whether the callback was opened by hand.
_KEY = {False: "NOT by_hand", True: "by_hand AND closed_at IS NULL"}


def callback_of(row: Row[Any]) -> Callback:
    return Callback(
        node=row.node,
        linkedid=row.linkedid,
        line=row.line,
        number=row.number,
        reason=CallbackReason(row.reason),
        queued_at=row.queued_at,
        due_at=row.due_at,
        id=row.id,
        closed_at=row.closed_at,
        closed_by=row.closed_by or "",
        closing_note=row.closing_note or "",
        opened_by=row.opened_by,
        note=row.note,
        taken_by=row.taken_by,
        taken_at=row.taken_at,
    )


class SqlCallbacks:
    """Fulfils hotline.services.ports.Callbacks."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def open(self, owed: Callback) -> None:
        values = {"line": owed.line, "number": owed.number, "reason": owed.reason.value,
                  "queued_at": owed.queued_at, "due_at": owed.due_at, "opened_by": owed.opened_by, "note": owed.note}
        by_hand = owed.reason.is_by_hand
        statement = insert_into(self._connection, callback).on_conflict_do_update(
            index_elements=["node", "linkedid"], index_where=text(_KEY[by_hand]), set_=values,
            where=callback.c.closed_at.is_(None))
        self._connection.execute(
            statement, {"node": owed.node, "linkedid": owed.linkedid, "by_hand": by_hand, **values})

    def drop(self, node: str, *linkedids: str) -> None:
        for start in range(0, len(linkedids), _AT_ONCE):
            some = linkedids[start:start + _AT_ONCE]
            self._connection.execute(delete(callback).where(
                callback.c.node == node, callback.c.linkedid.in_(some), callback.c.closed_at.is_(None),
                ~callback.c.by_hand))

    def by_id(self, callback_id: int) -> Callback | None:
        row = self._connection.execute(select(callback).where(callback.c.id == callback_id)).first()
        return callback_of(row) if row else None

    def take(self, callback_id: int, by: str, taken_by: str, now: dt.datetime) -> bool:
        return self._connection.execute(
            update(callback).where(callback.c.id == callback_id, callback.c.closed_at.is_(None),
                                   callback.c.taken_by == taken_by)
            .values(taken_by=by, taken_at=now)).rowcount == 1

    def taken(self, by: str) -> list[Callback]:
        rows = self._connection.execute(
            select(callback).where(callback.c.taken_by == by, callback.c.closed_at.is_(None)).order_by(callback.c.id))
        return [callback_of(row) for row in rows]

    def close(self, callback_id: int, by: str, note: str, now: dt.datetime) -> bool:
        """False if there is no such open one."""
        return self._connection.execute(
            update(callback).where(callback.c.id == callback_id, callback.c.closed_at.is_(None))
            .values(closed_at=now, closed_by=by, closing_note=note)).rowcount == 1

    def list(self, include_closed: bool = False, limit: int = 200) -> list[Callback]:
        wanted = select(callback).order_by(callback.c.queued_at, callback.c.id).limit(limit)
        if not include_closed:
            wanted = wanted.where(callback.c.closed_at.is_(None))
        return [callback_of(row) for row in self._connection.execute(wanted)]
