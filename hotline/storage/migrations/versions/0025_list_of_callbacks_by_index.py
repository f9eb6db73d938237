"""Pages of the list of callbacks by its indexes

SQLite took the index of closed ones for the open ones, and sorted them all for each page. Which have a call of a reason
is read from an index alone.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_CLOSED = sa.text("closed_at IS NOT NULL")


def upgrade() -> None:
    op.drop_index("ix_callback_closed_at_id", "callback")
    columns = ["closed_at", "id"]
    op.create_index("ix_callback_closed", "callback", columns, sqlite_where=_CLOSED, postgresql_where=_CLOSED)
    op.drop_index("ix_callback_call_callback_id", "callback_call")
    op.create_index("ix_callback_call_callback_id_reason", "callback_call", ["callback_id", "reason"])
