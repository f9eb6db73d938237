"""The table of late starts and empty shifts."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, UniqueConstraint

from hotline.storage.base import metadata
from hotline.storage.types import UtcDateTime, Words

#: F6: somebody was not there when their shift began. `kind`: late, empty. `came_at` empty: they never came.
#: `decision`: accepted, not_accepted; "" none yet.
missed_start = Table(
    "missed_start",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", Integer, nullable=False),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("kind", String(8), nullable=False),
    Column("came_at", UtcDateTime),
    Column("found_at", UtcDateTime, nullable=False),
    Column("explanation", Words, nullable=False, server_default=""),
    Column("explained_at", UtcDateTime),
    Column("decision", String(16), nullable=False, server_default=""),
    Column("decided_by", Words, nullable=False, server_default=""),
    Column("decided_at", UtcDateTime),
    UniqueConstraint("person_id", "starts_at"),
    Index(None, "starts_at"),
)
