"""The tables of visits that are checked (E6)."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, Table, UniqueConstraint, text

from hotline.storage.base import GrowingId, metadata
from hotline.storage.types import Json, UtcDateTime, Words

_WAITING = text("checked_at IS NULL")

#: A draw of visits to check: its seed, from how many, and which, so that it can be done again. month: 2026-11.
visit_draw = Table(
    "visit_draw",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("month", String(8), nullable=False),
    Column("seed", Words, nullable=False),
    Column("per_visitor", Integer, nullable=False),
    Column("candidates", Integer, nullable=False),
    Column("drawn", Json, nullable=False),
    Column("drawn_by", Words, nullable=False),
    Column("drawn_at", UtcDateTime, nullable=False),
    Index(None, "month"),
)


#: A visit that is checked for compliance. found: what was not as it should be, by its code; order_id: of rectification.
visit_check = Table(
    "visit_check",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("draw_id", Integer, nullable=False),
    Column("visit_id", BigInteger, nullable=False),
    Column("visitor", Words, nullable=False),
    Column("compliant", Boolean),
    Column("found", Json, nullable=False, server_default="[]"),
    Column("note", Words, nullable=False, server_default=""),
    Column("checked_by", Words, nullable=False, server_default=""),
    Column("checked_at", UtcDateTime),
    Column("order_id", Integer),
    UniqueConstraint("visit_id"),
    Index(None, "draw_id"),
    Index("ix_visit_check_waiting", "draw_id", sqlite_where=_WAITING, postgresql_where=_WAITING),
)
