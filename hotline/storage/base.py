"""What all tables share."""

from __future__ import annotations

from sqlalchemy import BigInteger, Index, Integer, MetaData, text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

#: Ids of what grows with every call: a 32-bit one would end after some years of outbox entries. SQLite counts
#: only an INTEGER primary key up by itself, and that has 64 bits anyway.
GrowingId = BigInteger().with_variant(Integer, "sqlite")


def one_open(name: str, column: str, *columns: str) -> Index:
    """A unique index over `columns` among the rows whose `column` (when it was closed) is still empty."""
    where = text(f"{column} IS NULL")
    return Index(name, *columns, unique=True, sqlite_where=where, postgresql_where=where)
