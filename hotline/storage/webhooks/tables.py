"""The tables of web hooks. None holds a word or a number of a person: what is told is read when it is sent."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, false, true

from hotline.storage.base import GrowingId, metadata
from hotline.storage.types import Json, StoredReason, UtcDateTime, Words

#: See hotline.domain.webhooks.webhook.
webhook = Table(
    "webhook",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(32), nullable=False, unique=True),
    Column("url", Words, nullable=False),
    Column("events", Json, nullable=False),
    Column("description", Words, nullable=False, server_default=""),
    Column("whole_numbers", Boolean, nullable=False, server_default=false()),
    Column("active", Boolean, nullable=False, server_default=true()),
    Column("created_at", UtcDateTime, nullable=False),
    Column("created_by", Words, nullable=False),
    Column("secret_version", Integer, nullable=False, server_default="1"),
    Column("secret_before_until", UtcDateTime),
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("failing_since", UtcDateTime),
    Column("paused_until", UtcDateTime),
    Column("delivered_at", UtcDateTime),
    Column("off_why", StoredReason, nullable=False, server_default=""),
)

#: `once`: under which it happens once, however often it is noticed.
webhook_event = Table(
    "webhook_event",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("key", String(32), nullable=False, unique=True),
    Column("kind", String(32), nullable=False),
    Column("object_id", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("once", String(80), nullable=False, unique=True),
    Index(None, "at"),
)

#: `claimed_until`: whoever sends it has said nothing by then, and it goes again.
webhook_delivery = Table(
    "webhook_delivery",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("webhook_id", Integer, ForeignKey("webhook.id"), nullable=False),
    Column("event_id", GrowingId, ForeignKey("webhook_event.id"), nullable=False),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("due_at", UtcDateTime, nullable=False),
    Column("claimed_until", UtcDateTime),
    Column("status", Integer, nullable=False, server_default="0"),
    Column("problem", StoredReason, nullable=False, server_default=""),
    Column("done_at", UtcDateTime),
    Index(None, "webhook_id", "event_id", unique=True),
    Index(None, "webhook_id", "state", "due_at"),
    Index(None, "event_id"),
)

#: How far the outbox has been read for web hooks: one row.
webhook_progress = Table(
    "webhook_progress",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("outbox_id", GrowingId, nullable=False),
)
