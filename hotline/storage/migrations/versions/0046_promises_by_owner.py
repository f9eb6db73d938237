"""Whose promises are not kept yet is found by an index, however many were ever given"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    promised = sa.text("promise_due_at IS NOT NULL AND promise_kept_at IS NULL")
    op.create_index(
        "ix_call_form_promised",
        "call_form",
        ["owner", "promise_due_at"],
        sqlite_where=promised,
        postgresql_where=promised,
    )
