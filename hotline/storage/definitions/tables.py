"""The table of definitions."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table, UniqueConstraint

from hotline.storage.base import metadata
from hotline.storage.immutable import make_immutable
from hotline.storage.types import Json, UtcDateTime, Words

#: from_at: the first moment at which new things are made by this version.
definition = Table(
    "definition",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("code", String(64), nullable=False),
    Column("version", Integer, nullable=False),
    Column("content", Json, nullable=False),
    Column("from_at", UtcDateTime, nullable=False),
    Column("by", Words, nullable=False),
    Column("decided_at", UtcDateTime, nullable=False),
    UniqueConstraint("kind", "code", "version"),
)
make_immutable(definition)
