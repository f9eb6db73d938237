"""Calls that we dial over a callback trunk"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_OPEN = sa.text("ended_at IS NULL")
_ONE_AT_A_TIME = {
    "uq_dial_of_operator": (("extension",), _OPEN),
    "uq_dial_of_number": (("number",), _OPEN),
    "uq_dial_of_object": (("object_kind", "object_id"), sa.text("ended_at IS NULL AND object_kind <> ''")),
}


def upgrade() -> None:
    op.create_table(
        "dial",
        sa.Column("id", _ID, nullable=False),
        sa.Column("node", sa.Text(), nullable=False),
        sa.Column("linkedid", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("extension", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("object_kind", sa.String(length=32), nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_at", _MOMENT, nullable=False),
        sa.Column("ringing_at", _MOMENT, nullable=True),
        sa.Column("answered_at", _MOMENT, nullable=True),
        sa.Column("ended_at", _MOMENT, nullable=True),
        sa.Column("outcome", sa.String(length=16), nullable=True),
        sa.Column("seconds", sa.Float(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dial")),
    )
    op.create_index("uq_dial_linkedid", "dial", ["node", "linkedid"], unique=True)
    for name, (columns, where) in _ONE_AT_A_TIME.items():
        op.create_index(name, "dial", list(columns), unique=True, sqlite_where=where, postgresql_where=where)
    for columns in (("object_kind", "object_id", "asked_at"), ("number", "asked_at"), ("user", "asked_at")):
        op.create_index(op.f(f"ix_dial_{'_'.join(columns)}"), "dial", list(columns), unique=False)
