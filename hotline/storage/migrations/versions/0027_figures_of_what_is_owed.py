"""Figures of what is owed, and of what was promised, by indexes"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_OPEN = sa.text("closed_at IS NULL")


def upgrade() -> None:
    op.create_index("ix_callback_owed_from", "callback", ["owed_from", "id"])
    op.create_index("ix_callback_due", "callback", ["due_at"], sqlite_where=_OPEN, postgresql_where=_OPEN)
    op.create_index("ix_deadline_due", "deadline", ["clock", "due_at", "object_id"])
