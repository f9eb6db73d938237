"""The tables of search."""

from __future__ import annotations

import re

from sqlalchemy import (
    DDL,
    BigInteger,
    Column,
    Connection,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    event,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY

from hotline.storage.base import GrowingId, metadata
from hotline.storage.types import Words

#: One a transcript (of one side) or form. `id` tells the time: seconds of the call's begin since 2000, times 1024, so
#: that the index itself gives the newest first. `text`: normalised, as it is indexed. `marks`: what else is indexed,
#: divided by blanks. `grams`: what is indexed, as numbers, on PostgreSQL; SQLite has it in search_gram alone.
search_entry = Table(
    "search_entry",
    metadata,
    Column("id", GrowingId, primary_key=True, autoincrement=False),
    Column("kind", String(10), nullable=False),
    Column("source_id", BigInteger, nullable=False),
    Column("text", Words, nullable=False),
    Column("marks", Words, nullable=False),
    Column("grams", ARRAY(Integer()).with_variant(Text(), "sqlite")),
    UniqueConstraint("kind", "source_id"),
    Index(None, "grams", postgresql_using="gin", sqlite_where=text("grams IS NOT NULL")),
)


#: SQLite's index: it keeps no text, and no places in it. The rowid is that of search_entry.
MAKE_SEARCH_GRAM = "CREATE VIRTUAL TABLE search_gram USING fts5(grams, content='', detail='none', tokenize='ascii')"


event.listen(search_entry, "after_create", DDL(MAKE_SEARCH_GRAM).execute_if(dialect="sqlite"))


_OF_SEARCH = re.compile(r"search_gram(_|$)|\w+_number_part(_|$)")


def is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Whether Alembic is to compare it: not the tables that SQLite makes for its indexes of search, and not
    PostgreSQL's index of parts of numbers (hotline.storage.number_parts)."""
    return kind not in ("table", "index") or name is None or _OF_SEARCH.match(name) is None


def is_sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"
