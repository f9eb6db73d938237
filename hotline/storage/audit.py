"""Who did what (F8): entries that nobody changes or deletes, each chained to the one before."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, insert, or_, select

from hotline.domain.accounts.audit import AuditEntry, AuditFilter, entry_hash
from hotline.storage.accounts.tables import audit_log
from hotline.storage.one_at_a_time import hold_alone
from hotline.storage.plain import plain
from hotline.storage.transaction import HeldBack, TableStore

#: Of the PostgreSQL advisory lock under which entries are chained; any constant that nothing else uses.
_CHAIN_LOCK = 400_003

#: How many entries are read at a time where all of them are.
_BATCH = 1000


def _entry(row: Row[Any]) -> AuditEntry:
    return AuditEntry(row.at, row.who, row.action, row.object, row.detail, row.hash, row.id)


def _below(column: Any, wanted: str, separator: str) -> Any:
    """The same, or what lies below it."""
    return or_(column == wanted, column.startswith(wanted.rstrip(separator) + separator, autoescape=True))


class _Entries(HeldBack[AuditEntry]):
    """The next entry's hash needs the last one's, so only one transaction at a time may chain. SQLite has one writer
    anyway. On PostgreSQL a lock is held from the chaining to the commit: it is taken after every other lock of the
    transaction but the outbox's."""

    turn = 1

    def write(self) -> None:
        hold_alone(self._connection, _CHAIN_LOCK)
        last = self._connection.scalar(select(audit_log.c.hash).order_by(audit_log.c.id.desc()).limit(1)) or ""
        rows = []
        for entry in self.waiting:
            last = entry_hash(last, entry)
            rows.append(
                {
                    "at": entry.at,
                    "who": entry.who,
                    "action": entry.action,
                    "object": entry.object,
                    "detail": entry.detail,
                    "hash": last,
                }
            )
        self._connection.execute(insert(audit_log), rows)


class AuditLog(TableStore):
    """Nothing is changed or deleted in it."""

    def add(self, now: datetime, who: str, action: str, object: str, detail: str = "") -> None:
        """Written, and chained to the entry before, when the transaction is committed."""
        if not self._tx.writes:
            raise RuntimeError("an audit entry in a transaction that only reads would be lost")
        entry = AuditEntry(now, plain(who), plain(action), plain(object), plain(detail))
        self._tx.held_back(_Entries).waiting.append(entry)

    def latest(self, limit: int) -> list[Mapping[str, object]]:
        """Newest first: id, at, who, action, object, detail, hash."""
        return [dataclasses.asdict(entry) for entry in self.search(AuditFilter(), limit)]

    def search(self, wanted: AuditFilter, limit: int, before: int | None = None) -> list[AuditEntry]:
        """Newest first; with an id less than `before`, if given."""
        query = _filtered(select(audit_log), wanted)
        if before is not None:
            query = query.where(audit_log.c.id < before)
        rows = self._connection.execute(query.order_by(audit_log.c.id.desc()).limit(limit))
        return [_entry(row) for row in rows]

    def chain(self) -> Iterator[AuditEntry]:
        """All of the log, oldest first, without holding it in memory."""
        last = 0
        while True:
            rows = self._connection.execute(
                select(audit_log).where(audit_log.c.id > last).order_by(audit_log.c.id).limit(_BATCH)
            ).all()
            for row in rows:
                yield _entry(row)
            if len(rows) < _BATCH:
                return
            last = rows[-1].id


def _filtered(query: Select[Any], wanted: AuditFilter) -> Select[Any]:
    columns = audit_log.c
    if wanted.who:
        query = query.where(columns.who == wanted.who)
    if wanted.action:
        query = query.where(_below(columns.action, wanted.action, "."))
    if wanted.object:
        query = query.where(_below(columns.object, wanted.object, ":"))
    if wanted.since:
        query = query.where(columns.at >= wanted.since)
    if wanted.until:
        query = query.where(columns.at < wanted.until)
    return query
