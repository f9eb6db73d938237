"""The lists of visits of one origin are found by an index in their order, however many there are"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name, moment, state in (
        ("ix_visit_origin_due", "due_at", sa.text("state = 'open'")),
        ("ix_visit_origin_closed", "closed_at", sa.text("state <> 'open'")),
    ):
        op.create_index(name, "visit", ["origin", moment, "id"], sqlite_where=state, postgresql_where=state)
