"""Who called is kept with the sums of each day, so that different callers of a year are counted without the facts"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("report_sum", sa.Column("callers", sa.Text(), server_default="", nullable=False))
    # Until the job has made the days anew they are counted from the facts.
    op.execute("DELETE FROM report_day")
