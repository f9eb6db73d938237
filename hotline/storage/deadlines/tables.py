"""The tables of deadlines."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, String, Table, UniqueConstraint, text

from hotline.storage.base import GrowingId, metadata
from hotline.storage.types import Json, UtcDateTime, Words

_OPEN = text("stopped_at IS NULL")
_TO_TELL = text("stopped_at IS NULL AND breach_told_at IS NULL")

#: One clock of one thing: `clock` says the kind of thing too, and `rule` which rule it is of. What happened to it is
#: term (JSON with its version), started_at, gaps, paused_at with pause_reason, stopped_at; due_at (NULL while it is
#: paused in time), warned_at (the moment to warn), breached_at and counted_by are worked out of that and the calendar.
deadline = Table(
    "deadline",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("clock", String(32), nullable=False),
    Column("object_id", BigInteger, nullable=False),
    Column("rule", String(8), nullable=False),
    Column("line", Words, nullable=False),
    Column("term", Words, nullable=False),
    Column("by_setting", Boolean, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("gaps", Json, nullable=False),
    Column("paused_at", UtcDateTime),
    Column("pause_reason", String(16), nullable=False, server_default=""),
    Column("stopped_at", UtcDateTime),
    Column("due_at", UtcDateTime),
    Column("warned_at", UtcDateTime),
    Column("breached_at", UtcDateTime),
    Column("warning_told_at", UtcDateTime),
    Column("breach_told_at", UtcDateTime),
    Column("counted_by", String(32), nullable=False),
    UniqueConstraint("clock", "object_id"),
    Index(None, "clock", "stopped_at"),
    Index(None, "clock", "breach_told_at"),
    # What reports count of a year stands in the index: its rows are as many as the calls.
    Index("ix_deadline_due", "clock", "due_at", "object_id", "stopped_at", "line"),
    Index("ix_deadline_open", "clock", "line", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
    Index("ix_deadline_to_tell", "warned_at", sqlite_where=_TO_TELL, postgresql_where=_TO_TELL),
)

#: Open deadlines that another calendar or another setting moved, and by how much. Rows are only added.
deadline_move = Table(
    "deadline_move",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("clock", String(32), nullable=False),
    Column("object_id", BigInteger, nullable=False),
    Column("was_due_at", UtcDateTime),
    Column("due_at", UtcDateTime),
    Column("calendar_changed", Boolean, nullable=False),
    Column("term_changed", Boolean, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("by", Words, nullable=False),
)
