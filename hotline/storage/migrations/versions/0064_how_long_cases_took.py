"""How long a case took by working time; what was closed before is counted by a job"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None

_UNCOUNTED = sa.text("state = 'closed' AND solved_in_ms IS NULL")


def upgrade() -> None:
    op.add_column("service_case", sa.Column("solved_in_ms", sa.BigInteger()))
    op.create_index(
        "ix_service_case_uncounted", "service_case", ["id"], sqlite_where=_UNCOUNTED, postgresql_where=_UNCOUNTED
    )
