"""Guesses counted, and when somebody last did something in a session"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attempt",
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "subject", "began_at", name=op.f("pk_attempt")),
    )
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attempt_began_at"), ["began_at"], unique=False)
    op.add_column("user_session", sa.Column("active_at", sa.DateTime(timezone=True), nullable=True))
    # Whoever was seen a moment ago is not shut out by the upgrade.
    op.execute("UPDATE user_session SET active_at = seen_at")
