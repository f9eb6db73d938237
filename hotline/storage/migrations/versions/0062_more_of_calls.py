"""Of each call: whether the menus were away, and whether it went on to another queue; and what is summed of it"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None

_FLAGS = ("safe_routed", "overflowed")
_SUMS = ("number_known", "safe_routed", "overflowed", "answered_long", "in_level_long")


def upgrade() -> None:
    for name in _FLAGS:
        op.add_column("report_call", sa.Column(name, sa.Integer(), server_default="0", nullable=False))
    for name in _SUMS:
        op.add_column("report_sum", sa.Column(name, sa.BigInteger(), server_default="0", nullable=False))
        if op.get_bind().dialect.name == "postgresql":
            op.alter_column("report_sum", name, server_default=None)
    # Until the job has made the days anew they are counted from the facts.
    op.execute("DELETE FROM report_day")
