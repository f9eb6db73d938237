"""Months of teams are signed and closed; people object; breaches are registered"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
_STANDS = sa.text("withdrawn_at IS NULL")


def upgrade() -> None:
    _appraisal()
    op.create_table(
        "breach",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("rule", sa.String(length=8), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("evidence", _JSON, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("yuan", sa.Integer(), nullable=False),
        sa.Column("again_days", sa.Integer(), nullable=False),
        sa.Column("dismissal_at", sa.Integer(), nullable=False),
        sa.Column("declared_by", sa.Text(), nullable=False),
        sa.Column("declared_at", _MOMENT, nullable=False),
        sa.Column("source", sa.String(length=64), nullable=True),
        sa.Column("word", sa.Text(), server_default="", nullable=False),
        sa.Column("word_at", _MOMENT, nullable=True),
        sa.Column("withdrawn_by", sa.Text(), server_default="", nullable=False),
        sa.Column("withdrawn_at", _MOMENT, nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_breach")),
    )
    op.create_index(op.f("ix_breach_person_id_at"), "breach", ["person_id", "at"])
    op.create_index(op.f("ix_breach_at"), "breach", ["at"])
    _one_standing("uq_breach_source", "breach", "person_id", "source")


def _appraisal() -> None:
    op.create_table(
        "appraisal_month",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(length=8), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("signed_by", sa.Text(), nullable=False),
        sa.Column("signed_at", _MOMENT, nullable=False),
        sa.Column("closed_by", sa.Text(), server_default="", nullable=False),
        sa.Column("closed_at", _MOMENT, nullable=True),
        sa.Column("reopened_by", sa.Text(), server_default="", nullable=False),
        sa.Column("reopened_at", _MOMENT, nullable=True),
        sa.Column("reopen_reason", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appraisal_month")),
        sa.UniqueConstraint("month", "team_id", "version", name=op.f("uq_appraisal_month_month_team_id_version")),
    )
    waiting = sa.text("closed_at IS NULL AND reopened_at IS NULL")
    op.create_index(
        "ix_appraisal_month_to_close", "appraisal_month", ["team_id"], sqlite_where=waiting, postgresql_where=waiting
    )
    op.create_table(
        "appraisal_falsified",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(length=8), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("evidence", _JSON, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("declared_by", sa.Text(), nullable=False),
        sa.Column("declared_at", _MOMENT, nullable=False),
        sa.Column("withdrawn_by", sa.Text(), server_default="", nullable=False),
        sa.Column("withdrawn_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appraisal_falsified")),
    )
    _one_standing("uq_appraisal_falsified", "appraisal_falsified", "month", "team_id", "person_id")
    op.create_table(
        "appraisal_objection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(length=8), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("due_at", _MOMENT, nullable=False),
        sa.Column("decision", sa.String(length=16), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("decided_by", sa.Text(), server_default="", nullable=False),
        sa.Column("decided_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appraisal_objection")),
        sa.UniqueConstraint("month", "person_id", "about", name=op.f("uq_appraisal_objection_month_person_id_about")),
    )
    undecided = sa.text("decided_at IS NULL")
    op.create_index(
        "ix_appraisal_objection_open",
        "appraisal_objection",
        ["due_at"],
        sqlite_where=undecided,
        postgresql_where=undecided,
    )


def _one_standing(name: str, table: str, *columns: str) -> None:
    op.create_index(name, table, list(columns), unique=True, sqlite_where=_STANDS, postgresql_where=_STANDS)
