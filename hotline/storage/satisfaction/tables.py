"""The tables of ratings."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, Index, Integer, String, Table, UniqueConstraint, literal_column, text

from hotline.storage.base import GrowingId, metadata
from hotline.storage.types import Json, PhoneNumber, UtcDateTime, Words

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

#: What somebody answered to a questionnaire: a definition of the kind "questionnaire" in a version. object: what it was
#: asked for ("visit:12"); answers: by item.
questionnaire_reply = Table(
    "questionnaire_reply",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("code", String(64), nullable=False),
    Column("version", Integer, nullable=False),
    Column("way", String(8), nullable=False),
    Column("object", Words, nullable=False),
    Column("node", Words, nullable=False),
    Column("linkedid", Words, nullable=False),
    Column("number", PhoneNumber, nullable=False),
    Column("by", Words, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("answers", Json, nullable=False),
    Column("score", Float),
    Index(None, "code", "at"),
    Index(None, "object"),
    Index(None, "number"),
)

#: As the partial index says it.
FOLLOWS = rating.c.follow != literal_column("''")
