"""What one transaction at a time may ask and then do: nothing of the kind is under way, so it begins."""

from __future__ import annotations

from sqlalchemy import func, select

from hotline.storage.transaction import Transaction

#: The first half of the PostgreSQL advisory locks of this file; the second tells what is waited for. Locks of one
#: number, as the audit log's, are others.
_LOCKS = 20_261_201


def one_at_a_time(tx: Transaction, what: str) -> None:
    """Until the end of this transaction nobody else goes on who asks for the same; to be called before what is there is
    read. SQLite has one writer anyway."""
    if tx.connection.dialect.name == "postgresql":
        tx.connection.execute(select(func.pg_advisory_xact_lock(_LOCKS, func.hashtext(what))))
