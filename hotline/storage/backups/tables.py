"""The tables of backups."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table

from hotline.storage.base import metadata
from hotline.storage.types import StoredReason, UtcDateTime, Words

#: What was done with backups, or shall be. kind: make, drill, restore. asked_by: "" for what is done by itself.
backup_task = Table(
    "backup_task",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(8), nullable=False),
    Column("file", Words, nullable=False),
    Column("asked_by", Words, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("begun_at", UtcDateTime),
    Column("finished_at", UtcDateTime),
    Column("problem", StoredReason, nullable=False, server_default=""),
    Index(None, "kind", "asked_at"),
)
