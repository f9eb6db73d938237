"""The tables of ratings."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, UniqueConstraint, literal_column, text

from hotline.storage.base import GrowingId, metadata
from hotline.storage.types import PhoneNumber, UtcDateTime, Words

_FOLLOWS = text("follow <> ''")

#: That the caller of a call was asked how it was, and what they said. way: key, sms; handed_by: handed_over, hung_up,
#: "" for sms; follow: what a low answer still has to open.
rating = Table(
    "rating",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("node", Words, nullable=False),
    Column("linkedid", Words, nullable=False),
    Column("line", Words, nullable=False),
    Column("extension", Words, nullable=False),
    Column("number", PhoneNumber, nullable=False),
    Column("offered_at", UtcDateTime, nullable=False),
    Column("way", String(8), nullable=False),
    Column("handed_by", String(16), nullable=False, server_default=""),
    Column("answer", Integer),
    Column("answered_at", UtcDateTime),
    Column("comment", Words, nullable=False, server_default=""),
    Column("follow", String(8), nullable=False, server_default=""),
    Column("case_id", BigInteger),
    UniqueConstraint("node", "linkedid"),
    Index("ix_rating_offered_at", "offered_at", "line", "extension", "answer"),
    Index(None, "number", "offered_at"),
    Index("ix_rating_follow", "id", sqlite_where=_FOLLOWS, postgresql_where=_FOLLOWS),
)

#: As the partial index says it.
FOLLOWS = rating.c.follow != literal_column("''")
