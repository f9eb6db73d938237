"""Examiners sign the report on service and supervision"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from hotline.storage.immutable import postgresql_triggers, sqlite_triggers

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "report_signature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.String(length=10), nullable=False),
        sa.Column("last_day", sa.String(length=10), nullable=False),
        sa.Column("figures", _JSON, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("signed_by", sa.Text(), nullable=False),
        sa.Column("signed_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_signature")),
    )
    op.create_index(op.f("ix_report_signature_first_day_last_day"), "report_signature", ["first_day", "last_day"])
    made = sqlite_triggers if op.get_bind().dialect.name == "sqlite" else postgresql_triggers
    for statement in made("report_signature"):
        op.execute(statement)
