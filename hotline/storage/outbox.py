"""The outbox: what must be pushed to browsers, in the order in which it became visible."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, func, insert, select

from hotline.domain.outbox import OutboxEntry
from hotline.storage.tables import outbox
from hotline.storage.transaction import HeldBack, TableStore
from hotline.storage.watch import CHANNEL

#: Of the PostgreSQL advisory lock under which entries are numbered; any constant that nothing else uses.
_NUMBERING_LOCK = 400_001

#: Wakes the readers that wait (hotline.storage.watch), once the transaction is committed.
_NOTIFY = select(func.pg_notify(CHANNEL, ""))

#: Asked and written with every commit: made once, since making it costs as much as asking.
_ADD = insert(outbox)
_LOCK = select(func.pg_advisory_xact_lock(_NUMBERING_LOCK))
_AFTER = select(outbox).where(outbox.c.id > bindparam("last")).order_by(outbox.c.id).limit(bindparam("most"))


class _Entries(HeldBack[OutboxEntry]):
    """A reader that saw id 7 never looks for 6 again, so no 6 may be committed after a 7. SQLite has one writer at a
    time. On PostgreSQL a lock is held from the numbering to the commit: it is taken after every other lock of the
    transaction, else two could wait for each other."""

    turn = 2  # after the audit log's

    def write(self) -> None:
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(_LOCK)
        self._connection.execute(
            _ADD, [{"at": entry.at, "topic": entry.topic, "payload": dict(entry.payload)} for entry in self.waiting]
        )
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(_NOTIFY)


class Outbox(TableStore):
    """Read in the order of ids, from whichever one a reader saw last."""

    def add(self, entries: Sequence[OutboxEntry]) -> None:
        """They get their ids, and can be read, when the transaction is committed."""
        self._tx.held_back(_Entries).waiting.extend(entries)

    def after(self, last_id: int, limit: int) -> list[OutboxEntry]:
        rows = self._connection.execute(_AFTER, {"last": last_id, "most": limit})
        return [OutboxEntry(row.topic, row.payload, row.at, row.id) for row in rows]

    def last_id(self) -> int:
        """Where a reader begins who wants only what comes from now on; 0 when nothing is there."""
        return self._connection.scalar(select(func.max(outbox.c.id))) or 0

    def first_id(self) -> int:
        """The oldest that is still there; 0 when nothing is."""
        return self._connection.scalar(select(func.min(outbox.c.id))) or 0

    def trim(self, before: datetime) -> int:
        """Delete what is older; how many there were."""
        return self._connection.execute(delete(outbox).where(outbox.c.at < before)).rowcount
