"""Menus are drafted, and tried by calls"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "menu_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content", _JSON, nullable=False),
        sa.Column("base", _JSON, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("taken_by", sa.Text(), server_default="", nullable=False),
        sa.Column("taken_at", _MOMENT, nullable=True),
        sa.Column("from_at", _MOMENT, nullable=True),
        sa.Column("until_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_menu_draft")),
    )
    op.create_table(
        "menu_trial_call",
        sa.Column("id", _ID, nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("menu", sa.Text(), nullable=False),
        sa.Column("keys", _JSON, nullable=False),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("content", _JSON, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("sent", sa.Text(), nullable=False),
        sa.Column("stays", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_at", _MOMENT, nullable=False),
        sa.Column("begun_at", _MOMENT, nullable=True),
        sa.Column("ended_at", _MOMENT, nullable=True),
        sa.Column("steps", _JSON, server_default="[]", nullable=False),
        sa.Column("ended", _JSON, server_default="{}", nullable=False),
        sa.Column("fault", _JSON, server_default="{}", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_menu_trial_call")),
        sa.UniqueConstraint("token", name=op.f("uq_menu_trial_call_token")),
    )
    op.create_index(op.f("ix_menu_trial_call_draft_id"), "menu_trial_call", ["draft_id"])
    op.create_index(op.f("ix_menu_trial_call_state"), "menu_trial_call", ["state"])
