"""The tables of shifts."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, UniqueConstraint

from hotline.storage.base import metadata
from hotline.storage.types import Json, UtcDateTime, Words

#: F6, A2: who works when; the one table of desks and of the duty mobile. `lines`, `queues`: ids of the settings; [] is
#: every one. `numbers` []: the person's own mobile. `published_at` NULL: a draft.
shift = Table(
    "shift",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", Integer),
    Column("person", Words, nullable=False),
    Column("kind", String(32), nullable=False, server_default=""),
    Column("duty", Boolean, nullable=False),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("lines", Json, nullable=False, server_default="[]"),
    Column("queues", Json, nullable=False, server_default="[]"),
    Column("numbers", Json, nullable=False, server_default="[]"),
    Column("backups", Json, nullable=False, server_default="[]"),
    Column("note", Words, nullable=False, server_default=""),
    Column("origin", String(16), nullable=False),
    Column("published_at", UtcDateTime),
    Column("version", Integer, nullable=False, server_default="1"),
    Index(None, "duty", "ends_at"),
    Index(None, "ends_at"),
    Index(None, "person_id", "ends_at"),
)


#: F6. `absence_id`: what the people were told of it, once it was accepted.
leave_request = Table(
    "leave_request",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", Integer, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("until", UtcDateTime, nullable=False),
    Column("reason", Words, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("asked_by", Words, nullable=False),
    Column("deputy_id", Integer),
    Column("state", String(16), nullable=False),
    Column("decided_at", UtcDateTime),
    Column("decided_by", Words, nullable=False, server_default=""),
    Column("answer", Words, nullable=False, server_default=""),
    Column("absence_id", Integer),
    Index(None, "person_id", "until"),
    Index(None, "state"),
)


#: F6: swaps asked for, and what became of them. The times are those of the shifts when it was asked for.
shift_swap = Table(
    "shift_swap",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("shift_id", Integer, nullable=False),
    Column("other_id", Integer),
    Column("asker_id", Integer, nullable=False),
    Column("taker_id", Integer, nullable=False),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("other_starts_at", UtcDateTime),
    Column("other_ends_at", UtcDateTime),
    Column("words", Words, nullable=False, server_default=""),
    Column("state", String(16), nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("answered_at", UtcDateTime),
    Column("decided_at", UtcDateTime),
    Column("decided_by", Words, nullable=False, server_default=""),
    Column("answer", Words, nullable=False, server_default=""),
    Index(None, "asker_id", "starts_at"),
    Index(None, "taker_id", "starts_at"),
    Index(None, "state"),
)


#: Who knows which ring group: 1 learns, 2 knows, 3 teaches.
queue_skill = Table(
    "queue_skill",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", Integer, nullable=False),
    Column("queue", String(32), nullable=False),
    Column("level", Integer, nullable=False),
    UniqueConstraint("person_id", "queue"),
)


#: The calendar feed of somebody's own shifts: the SHA-256 of its secret, never the secret.
shift_feed = Table(
    "shift_feed",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", Integer, nullable=False, unique=True),
    Column("secret_hash", String(64), nullable=False, unique=True),
    Column("made_at", UtcDateTime, nullable=False),
)
