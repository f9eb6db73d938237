"""What one transaction at a time may ask and then do: nothing of the kind is under way, so it begins."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from hotline.storage.transaction import Transaction

#: The first half of the locks that are named by a text, which tells what is waited for. Those of one number, as the
#: audit log's, are others.
_NAMED = 20_261_201


def one_at_a_time(tx: Transaction, what: str) -> None:
    """Until the end of this transaction nobody else goes on who asks for the same; to be called before what is there is
    read."""
    hold_alone(tx.connection, _NAMED, func.hashtext(what))


def hold_alone(connection: Connection, *lock: int | ColumnElement[Any]) -> None:
    """The same by the key of an advisory lock of PostgreSQL's, one that nothing else uses. SQLite has one writer
    anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(*lock)))
