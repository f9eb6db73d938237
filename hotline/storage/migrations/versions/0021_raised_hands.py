"""Operators who ask for help in a call."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from hotline.storage.types import UtcDateTime, Words

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "raised_hand",
        sa.Column("extension", Words, primary_key=True),
        sa.Column("node", Words, nullable=False),
        sa.Column("linkedid", Words, nullable=False),
        sa.Column("raised_at", UtcDateTime, nullable=False),
        sa.Column("seen_by", Words, nullable=False, server_default=""),
        sa.Column("seen_at", UtcDateTime),
    )
