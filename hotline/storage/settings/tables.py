"""The tables of settings."""

from __future__ import annotations

from sqlalchemy import Column, Index, String, Table

from hotline.storage.base import GrowingId, metadata
from hotline.storage.immutable import make_immutable
from hotline.storage.types import Json, UtcDateTime, Words

#: act: of hotline.domain.settings.change.Act. from_at: the first moment at which it holds.
setting_change = Table(
    "setting_change",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("key", Words, nullable=False),
    Column("act", String(8), nullable=False),
    Column("value", Json, nullable=False),
    Column("from_at", UtcDateTime, nullable=False),
    Column("decided_by", Words, nullable=False),
    Column("decided_at", UtcDateTime, nullable=False),
    Column("reason", Words, nullable=False),
    Index(None, "key"),
)
make_immutable(setting_change)
