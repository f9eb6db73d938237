"""The tables of quality."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, Index, Integer, String, Table, UniqueConstraint, text

from hotline.storage.base import GrowingId, metadata
from hotline.storage.types import Json, UtcDateTime, Words

#: What the rules found in a call, newly written each time it is evaluated. `value` against `limit_value`, from–to in
#: seconds from the recording's begin. `counts`: false where the confidence is too low ("to be checked").
call_finding = Table(
    "call_finding",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("node", Words, nullable=False),
    Column("linkedid", Words, nullable=False),
    Column("extension", Words, nullable=False, server_default=""),
    Column("called_at", UtcDateTime, nullable=False),
    Column("rule", String(8), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("breach", Boolean, nullable=False),
    Column("counts", Boolean, nullable=False),
    Column("value", Float),
    Column("limit_value", Float),
    Column("from_second", Float),
    Column("to_second", Float),
    Column("confidence", Float),
    Column("words", Words, nullable=False, server_default=""),
    Column("note", Words, nullable=False, server_default=""),
    Index(None, "node", "linkedid"),
    Index(None, "rule", "called_at"),
    Index(None, "extension", "called_at"),
    # Counted over months for the figures, from the index alone.
    Index(
        "ix_call_finding_broken",
        "called_at",
        "rule",
        "kind",
        "extension",
        "node",
        "linkedid",
        sqlite_where=text("breach = 1 AND counts = 1"),
        postgresql_where=text("breach AND counts"),
    ),
)


#: The automatic score of a call, by the form and the rules as they stood. `queue`: where the caller waited last.
call_score = Table(
    "call_score",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("node", Words, nullable=False),
    Column("linkedid", Words, nullable=False),
    Column("extension", Words, nullable=False),
    Column("called_at", UtcDateTime, nullable=False),
    Column("score_form_id", Integer),
    Column("score", Float),
    Column("measures", Json, nullable=False),
    Column("evaluated_at", UtcDateTime, nullable=False),
    Column("queue", Words, nullable=False, server_default=""),
    UniqueConstraint("node", "linkedid"),
    Index(None, "extension", "called_at"),
    # Summed over months for the figures, from the index alone.
    Index(None, "evaluated_at"),
    Index("ix_call_score_called_at", "called_at", "extension", "queue", "score_form_id", "score"),
)


#: A version of a score form; a version that was used is never changed. `items`: id, name, weight, kind, rule ids.
score_form = Table(
    "score_form",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Words, nullable=False),
    Column("version", Integer, nullable=False),
    Column("items", Json, nullable=False),
    Column("pass_line", Float, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("created_by", Words, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("name", "version"),
)
