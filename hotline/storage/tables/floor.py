"""What hangs on the floor's wall."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table

from hotline.storage.tables.base import metadata
from hotline.storage.types import UtcDateTime, Words

#: A screen that shows the floor without anybody signed in at it. Only the SHA-256 of its token is kept; a row with
#: `revoked_at` shows nothing any more.
wall_display = Table(
    "wall_display",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Words, nullable=False),
    Column("token_sha256", String(64), nullable=False, unique=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("created_by", Words, nullable=False),
    Column("seen_at", UtcDateTime),
    Column("revoked_at", UtcDateTime),
    Column("revoked_by", Words, nullable=False, server_default=""),
)
