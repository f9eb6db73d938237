"""The table of dashboards."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table, UniqueConstraint

from hotline.storage.base import metadata
from hotline.storage.types import Json, UtcDateTime, Words

#: `place`: own, default, wallboard. `owner`: whose own it is, by user name; "" for the other two. `tiles`: codes in
#: their order (hotline.domain.dashboards.tile). `version` rises with each change.
dashboard = Table(
    "dashboard",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("place", String(16), nullable=False),
    Column("owner", Words, nullable=False),
    Column("period", String(16), nullable=False),
    Column("tiles", Json, nullable=False),
    Column("version", Integer, nullable=False),
    Column("changed_by", Words, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    UniqueConstraint("place", "owner"),
)
