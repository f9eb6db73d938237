"""The table of attachments."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table

from hotline.storage.base import GrowingId, metadata
from hotline.storage.types import UtcDateTime, Words

#: Files that were attached to something, by the kind of object and its id. The file lies at `path` of the recordings'
#: store. `kept_at`: NULL while it is brought in. `removed_at`: its file goes, then the row.
attachment = Table(
    "attachment",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("object_id", Integer, nullable=False),
    Column("name", Words, nullable=False),
    Column("type", String(100), nullable=False),
    Column("size_bytes", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("path", Words, nullable=False, unique=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("created_by", Words, nullable=False),
    Column("kept_at", UtcDateTime),
    Column("removed_at", UtcDateTime),
    Column("removed_by", Words, nullable=False, server_default=""),
    Index(None, "kind", "object_id"),
)
