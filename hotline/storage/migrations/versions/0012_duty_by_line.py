"""Shifts, hand-overs and what is declared name their lines

Those from before are of all lines, as they were.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.add_column("duty_shift", sa.Column("lines", _JSON, server_default="[]", nullable=False))
    op.add_column("duty_handover", sa.Column("line", sa.Text(), server_default="", nullable=False))
    op.add_column("line_override", sa.Column("line", sa.Text(), server_default="", nullable=False))
