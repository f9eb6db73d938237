"""Accounts and tokens that end by themselves"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("user_account", "api_token"):
        op.add_column(table, sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True))
