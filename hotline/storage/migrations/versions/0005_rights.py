"""Who has taken a callback, and why a caller is heard in an example"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("callback", schema=None) as batch_op:
        batch_op.add_column(sa.Column("taken_by", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f("ix_callback_taken_by_closed_at"), ["taken_by", "closed_at"], unique=False)

    # An example in which the caller was heard without a supervisor's reason is silent on that side from now on.
    with op.batch_alter_table("example_call", schema=None) as batch_op:
        batch_op.add_column(sa.Column("caller_reason", sa.Text(), server_default="", nullable=False))
