"""The table of breaches (F12)."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table

from hotline.storage.base import metadata, one_open
from hotline.storage.types import Json, UtcDateTime, Words

#: A breach of one of our people. source: what it was declared from ("case:7"), NULL where somebody saw it; yuan,
#: again_days, dismissal_at: what followed from it by the settings of its time.
breach = Table(
    "breach",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", Integer, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("rule", String(8), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("evidence", Json, nullable=False),
    Column("note", Words, nullable=False),
    Column("yuan", Integer, nullable=False),
    Column("again_days", Integer, nullable=False),
    Column("dismissal_at", Integer, nullable=False),
    Column("declared_by", Words, nullable=False),
    Column("declared_at", UtcDateTime, nullable=False),
    Column("source", String(64)),
    Column("word", Words, nullable=False, server_default=""),
    Column("word_at", UtcDateTime),
    Column("withdrawn_by", Words, nullable=False, server_default=""),
    Column("withdrawn_at", UtcDateTime),
    Column("withdrawn_reason", Words, nullable=False, server_default=""),
    Index(None, "person_id", "at"),
    Index(None, "at"),
    one_open("uq_breach_source", "withdrawn_at", "person_id", "source"),
)
