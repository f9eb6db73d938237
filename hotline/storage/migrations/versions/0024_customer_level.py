"""Customers have a level; all are of the usual one"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("customer", sa.Column("level", sa.String(length=32), server_default="", nullable=False))
