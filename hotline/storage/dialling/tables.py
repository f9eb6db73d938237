"""The tables of dials and approvals."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, Index, Integer, String, Table, text

from hotline.storage.base import GrowingId, metadata
from hotline.storage.types import PhoneNumber, UtcDateTime, Words

_OPEN = text("ended_at IS NULL")
_OPEN_FOR_SOMETHING = text("ended_at IS NULL AND object_kind <> ''")

#: Each dial over a callback trunk. `linkedid` is set before Asterisk is asked to dial. `object_kind` and `object_id`:
#: what for, "" and 0 for nothing. outcome: hotline.domain.dialling.dial.DialOutcome, none while it goes on. One
#: operator dials one at a time, and no two dial one number or for one thing.
dial = Table(
    "dial",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("node", Words, nullable=False),
    Column("linkedid", Words, nullable=False),
    Column("user", Words, nullable=False),
    Column("extension", Words, nullable=False),
    Column("number", PhoneNumber, nullable=False),
    Column("line", Words, nullable=False),
    Column("object_kind", String(32), nullable=False),
    Column("object_id", Integer, nullable=False),
    Column("reason", Words, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("ringing_at", UtcDateTime),
    Column("answered_at", UtcDateTime),
    Column("ended_at", UtcDateTime),
    Column("outcome", String(16)),
    Column("seconds", Float, nullable=False, server_default="0"),
    Index("uq_dial_linkedid", "node", "linkedid", unique=True),
    Index("uq_dial_of_operator", "extension", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
    Index("uq_dial_of_number", "number", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
    Index(
        "uq_dial_of_object",
        "object_kind",
        "object_id",
        unique=True,
        sqlite_where=_OPEN_FOR_SOMETHING,
        postgresql_where=_OPEN_FOR_SOMETHING,
    ),
    Index(None, "object_kind", "object_id", "asked_at"),
    Index(None, "number", "asked_at"),
    Index(None, "user", "asked_at"),
    Index(None, "ended_at"),
)

#: A17: whether a number that is not dialled freely may be, once. granted: none until it is decided. `used_at`: it was
#: dialled with.
dial_approval = Table(
    "dial_approval",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("number", PhoneNumber, nullable=False),
    Column("line", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("asked_by", Words, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("granted", Boolean),
    Column("decided_by", Words, nullable=False, server_default=""),
    Column("decided_at", UtcDateTime),
    Column("note", Words, nullable=False, server_default=""),
    Column("used_at", UtcDateTime),
    Index(None, "number", "asked_by"),
    Index(None, "asked_by", "id"),
)
