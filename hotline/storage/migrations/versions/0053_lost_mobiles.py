"""Duty mobiles that are lost (A2); what was found when the site was looked over; steps of its set-up left out"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "lost_mobile",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("taken_out_by", sa.Text(), nullable=False),
        sa.Column("taken_out_at", _MOMENT, nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False, server_default=""),
        sa.Column("asked_at", _MOMENT),
        sa.Column("put_back_by", sa.Text(), nullable=False, server_default=""),
        sa.Column("put_back_at", _MOMENT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lost_mobile")),
    )
    op.create_index(op.f("ix_lost_mobile_put_back_at"), "lost_mobile", ["put_back_at"])
    op.create_table(
        "check_finding",
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("level", sa.String(length=8), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("advice", sa.Text(), nullable=False, server_default=""),
        sa.Column("found_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_check_finding")),
    )
    op.create_table(
        "set_up_mark",
        sa.Column("step", sa.String(length=16), nullable=False),
        sa.Column("marked_by", sa.Text(), nullable=False),
        sa.Column("marked_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("step", name=op.f("pk_set_up_mark")),
    )
