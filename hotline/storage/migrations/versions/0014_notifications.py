"""Notifications to persons, what was sent of them, and how people want to be told"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


_MOMENT = sa.DateTime(timezone=True)
_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "alert_told",
        sa.Column("alert_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("told_at", _MOMENT, nullable=False),
        sa.Column("over_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("alert_id", name=op.f("pk_alert_told")),
    )
    op.create_table(
        "notification",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("address_group", sa.Text(), server_default="", nullable=False),
        sa.Column("kind", sa.String(length=48), nullable=False),
        sa.Column("object", sa.Text(), server_default="", nullable=False),
        sa.Column("given", _JSON, nullable=False),
        sa.Column("deputy_for", sa.Integer(), nullable=True),
        sa.Column("once", sa.Text(), nullable=True),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("read_at", _MOMENT, nullable=True),
        sa.Column("spread_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notification")),
        sa.UniqueConstraint(
            "person_id", "address_group", "once", name=op.f("uq_notification_person_id_address_group_once")
        ),
    )
    with op.batch_alter_table("notification", schema=None) as batch_op:
        waiting = sa.text("spread_at IS NULL")
        batch_op.create_index(
            "ix_notification_to_spread", ["id"], unique=False, sqlite_where=waiting, postgresql_where=waiting
        )
        batch_op.create_index(batch_op.f("ix_notification_at"), ["at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_notification_person_id_read_at_id"), ["person_id", "read_at", "id"], unique=False
        )

    op.create_table(
        "notification_choice",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=48), nullable=False),
        sa.Column("mail", sa.Boolean(), nullable=True),
        sa.Column("chat", sa.Boolean(), nullable=True),
        sa.Column("quiet_from", sa.String(length=5), server_default="", nullable=False),
        sa.Column("quiet_until", sa.String(length=5), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("person_id", "kind", name=op.f("pk_notification_choice")),
    )
    op.create_table(
        "notification_delivery",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("notification_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("address_group", sa.Text(), server_default="", nullable=False),
        sa.Column("kind", sa.String(length=48), nullable=False),
        sa.Column("way", sa.String(length=32), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("gateway", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("due_at", _MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("claim", sa.Text(), server_default="", nullable=False),
        sa.Column("claimed_until", _MOMENT, nullable=True),
        sa.Column("done_at", _MOMENT, nullable=True),
        sa.Column("problem", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notification_delivery")),
    )
    with op.batch_alter_table("notification_delivery", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notification_delivery_claim"), ["claim"], unique=False)
        batch_op.create_index(batch_op.f("ix_notification_delivery_notification_id"), ["notification_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_notification_delivery_person_id_kind_target_done_at"),
            ["person_id", "kind", "target", "done_at"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_notification_delivery_state_gateway_due_at"), ["state", "gateway", "due_at"], unique=False
        )

    op.create_table(
        "notification_gateway",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("paused_until", _MOMENT, nullable=True),
        sa.Column("problem", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_notification_gateway")),
    )
    op.create_table(
        "notification_way",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("added_at", _MOMENT, nullable=False),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notification_way")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("notification_way", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notification_way_person_id"), ["person_id"], unique=False)
