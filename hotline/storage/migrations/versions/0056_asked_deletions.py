"""Deletions that a second person has to agree to"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "asked_deletion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recordings", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_at", _MOMENT, nullable=False),
        sa.Column("agreed", sa.Boolean()),
        sa.Column("answered_by", sa.Text(), server_default="", nullable=False),
        sa.Column("answered_at", _MOMENT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asked_deletion")),
    )
    op.create_index(op.f("ix_asked_deletion_answered_at_asked_at"), "asked_deletion", ["answered_at", "asked_at"])
