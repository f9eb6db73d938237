"""Departments' own times go by their own hours; filters of lists of cases are kept; links go out by mail"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")

#: Whose hours it goes by: no department has any of its own yet, so none of them moves.
_TO_DEPARTMENTS = """
UPDATE deadline SET line = 'department ' || (SELECT department_id FROM service_case WHERE id = deadline.object_id)
WHERE clock = 'case_department' AND line = ''
AND EXISTS (SELECT 1 FROM service_case WHERE id = deadline.object_id AND department_id IS NOT NULL)
"""


def upgrade() -> None:
    op.execute(_TO_DEPARTMENTS)
    op.create_table(
        "case_filter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("asked", _JSON, nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("kept_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_filter")),
        sa.UniqueConstraint("owner", "name", name=op.f("uq_case_filter_owner_name")),
    )
    op.create_table(
        "case_link_mail",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_at", _MOMENT, nullable=False),
        sa.Column("due_at", _MOMENT, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_link_mail")),
    )
    waiting = sa.text("state = 'waiting'")
    op.create_index(
        "ix_case_link_mail_waiting", "case_link_mail", ["due_at"], sqlite_where=waiting, postgresql_where=waiting
    )
