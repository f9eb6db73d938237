"""Reports that are made by themselves, to whom they went, what people say of their calls and of their work"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "report_schedule",
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("last_due_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_report_schedule")),
    )
    op.create_table(
        "made_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", _MOMENT, nullable=False),
        sa.Column("ends_at", _MOMENT, nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("made_by", sa.Text(), server_default="", nullable=False),
        sa.Column("content", _JSON, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_made_report")),
        sa.UniqueConstraint(
            "kind", "person_id", "starts_at", "ends_at", name=op.f("uq_made_report_kind_person_id_starts_at_ends_at")
        ),
    )
    op.create_index(op.f("ix_made_report_person_id_kind_ends_at"), "made_report", ["person_id", "kind", "ends_at"])
    op.create_index(op.f("ix_made_report_made_at"), "made_report", ["made_at"])
    op.create_table(
        "report_recipient",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("deputy_for", sa.Integer(), nullable=True),
        sa.Column("told_at", _MOMENT, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("opened_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("report_id", "person_id", name=op.f("pk_report_recipient")),
    )
    op.create_index(op.f("ix_report_recipient_person_id_told_at"), "report_recipient", ["person_id", "told_at"])
    op.create_table(
        "details_answer",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=16), nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("answered_at", _MOMENT, nullable=False),
        sa.Column("decision", sa.Text(), server_default="", nullable=False),
        sa.Column("decided_by", sa.Text(), server_default="", nullable=False),
        sa.Column("decided_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_details_answer")),
    )
    op.create_table(
        "work_summary",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("span", sa.String(length=8), nullable=False),
        sa.Column("first", sa.String(length=10), nullable=False),
        sa.Column("work", sa.Text(), nullable=False),
        sa.Column("problems", sa.Text(), server_default="", nullable=False),
        sa.Column("better", sa.Text(), server_default="", nullable=False),
        sa.Column("written_at", _MOMENT, nullable=False),
        sa.Column("read_by", sa.Text(), server_default="", nullable=False),
        sa.Column("read_at", _MOMENT, nullable=True),
        sa.Column("reply", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_summary")),
        sa.UniqueConstraint("person_id", "span", "first", name=op.f("uq_work_summary_person_id_span_first")),
    )
    op.create_index(op.f("ix_work_summary_first_span"), "work_summary", ["first", "span"])
