"""Web hooks: who is told what, and what became of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from hotline.storage.types import Json, StoredReason, UtcDateTime, Words

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_GrowingId = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "webhook",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("key", sa.String(32), nullable=False, unique=True),
        sa.Column("url", Words, nullable=False),
        sa.Column("events", Json, nullable=False),
        sa.Column("description", Words, nullable=False, server_default=""),
        sa.Column("whole_numbers", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("active", sa.Boolean, nullable=False, server_default=sa.true()),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("created_by", Words, nullable=False),
        sa.Column("secret_version", sa.Integer, nullable=False, server_default="1"),
        sa.Column("secret_before_until", UtcDateTime),
        sa.Column("failures", sa.Integer, nullable=False, server_default="0"),
        sa.Column("failing_since", UtcDateTime),
        sa.Column("paused_until", UtcDateTime),
        sa.Column("delivered_at", UtcDateTime),
        sa.Column("off_why", StoredReason, nullable=False, server_default=""),
    )
    op.create_table(
        "webhook_event",
        sa.Column("id", _GrowingId, primary_key=True),
        sa.Column("key", sa.String(32), nullable=False, unique=True),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("object_id", sa.Integer, nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("once", sa.String(80), nullable=False, unique=True),
    )
    op.create_index("ix_webhook_event_at", "webhook_event", ["at"])
    op.create_table(
        "webhook_delivery",
        sa.Column("id", _GrowingId, primary_key=True),
        sa.Column("webhook_id", sa.Integer, sa.ForeignKey("webhook.id"), nullable=False),
        sa.Column("event_id", _GrowingId, sa.ForeignKey("webhook_event.id"), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("due_at", UtcDateTime, nullable=False),
        sa.Column("claimed_until", UtcDateTime),
        sa.Column("status", sa.Integer, nullable=False, server_default="0"),
        sa.Column("problem", StoredReason, nullable=False, server_default=""),
        sa.Column("done_at", UtcDateTime),
    )
    op.create_index(
        "ix_webhook_delivery_webhook_id_event_id", "webhook_delivery", ["webhook_id", "event_id"], unique=True
    )
    op.create_index(
        "ix_webhook_delivery_webhook_id_state_due_at", "webhook_delivery", ["webhook_id", "state", "due_at"]
    )
    op.create_index("ix_webhook_delivery_event_id", "webhook_delivery", ["event_id"])
    op.create_table(
        "webhook_progress",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("outbox_id", _GrowingId, nullable=False),
    )
