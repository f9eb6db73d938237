"""Each time that a caller heard a menu, for the figures"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "report_menu",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("call_id", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("version", sa.String(length=32), nullable=False),
        sa.Column("menu", sa.Text(), nullable=False),
        sa.Column("choice", sa.Text(), nullable=False),
        sa.Column("ended", sa.String(length=16), nullable=False),
        sa.Column("way_out", sa.String(length=16), nullable=False),
        sa.Column("is_first", sa.Integer(), nullable=False),
        sa.Column("is_first_choice", sa.Integer(), nullable=False),
        sa.Column("left_after", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_menu")),
        sa.UniqueConstraint("call_id", "place", name=op.f("uq_report_menu_call_id_place")),
    )
    op.create_index(op.f("ix_report_menu_arrived_at"), "report_menu", ["arrived_at"])
    # Days without this mark are made anew by themselves, the latest first: so what there is gets its menus.
    op.execute("DELETE FROM report_day")
