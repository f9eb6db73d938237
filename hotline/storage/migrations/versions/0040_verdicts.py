"""Verdicts of every rule on every subject, their tallies and generations"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from hotline.storage.immutable import postgresql_triggers, sqlite_triggers

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
_GROWING = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

#: What tells that something became of a subject.
_CHANGED = (
    ("ix_call_updated_at", "call", ["updated_at"]),
    ("ix_call_score_evaluated_at", "call_score", ["evaluated_at"]),
    ("ix_call_form_updated_at", "call_form", ["updated_at"]),
    ("ix_service_case_closed_at", "service_case", ["closed_at"]),
    ("ix_dial_ended_at", "dial", ["ended_at"]),
    ("ix_deadline_clock_stopped_at", "deadline", ["clock", "stopped_at"]),
    ("ix_deadline_clock_breach_told_at", "deadline", ["clock", "breach_told_at"]),
)


def upgrade() -> None:
    _verdicts()
    _generations()
    for name, table, columns in _CHANGED:
        op.create_index(name, table, columns)


def _verdicts() -> None:
    op.create_table(
        "rule_verdict",
        sa.Column("id", _GROWING, nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=8), nullable=False),
        sa.Column("version", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.String(length=16), nullable=False),
        sa.Column("subject_id", sa.String(length=64), nullable=False),
        sa.Column("part", sa.String(length=64), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("judged_at", _MOMENT, nullable=False),
        sa.Column("judgement", sa.String(length=16), nullable=False),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column("limit_value", sa.Float(), nullable=True),
        sa.Column("unit", sa.String(length=16), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(length=32), nullable=False),
        sa.Column("evidence", _JSON, nullable=False),
        sa.Column("replaces", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_verdict")),
    )
    listed, replaces = sa.text("judgement <> 'kept'"), sa.text("replaces IS NOT NULL")
    op.create_index("ix_rule_verdict_subject", "rule_verdict", ["subject", "subject_id"])
    op.create_index(op.f("ix_rule_verdict_at"), "rule_verdict", ["at"])
    op.create_index(
        "ix_rule_verdict_listed", "rule_verdict", ["rule", "at", "id"], sqlite_where=listed, postgresql_where=listed
    )
    op.create_index(
        "uq_rule_verdict_replaces",
        "rule_verdict",
        ["replaces"],
        unique=True,
        sqlite_where=replaces,
        postgresql_where=replaces,
    )
    made = sqlite_triggers if op.get_bind().dialect.name == "sqlite" else postgresql_triggers
    for statement in made("rule_verdict"):
        op.execute(statement)
    op.create_table(
        "verdict_tally",
        sa.Column("id", _GROWING, nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("rule", sa.String(length=8), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("judgement", sa.String(length=16), nullable=False),
        sa.Column("verdicts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verdict_tally")),
        sa.UniqueConstraint(
            "day", "rule", "generation", "line", "person_id", "judgement", name=op.f("uq_verdict_tally")
        ),
    )


def _generations() -> None:
    op.create_table(
        "verdict_generation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("since", sa.String(length=10), nullable=True),
        sa.Column("until", sa.String(length=10), nullable=True),
        sa.Column("rules", _JSON, nullable=False),
        sa.Column("begun_at", _MOMENT, nullable=False),
        sa.Column("begun_by", sa.Text(), nullable=False),
        sa.Column("in_force_at", _MOMENT, nullable=True),
        sa.Column("upto", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("judged", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verdict_generation")),
    )
    op.create_table(
        "verdict_progress",
        sa.Column("generation", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("maker", sa.String(length=32), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("generation", "maker", name=op.f("pk_verdict_progress")),
    )
    op.create_table(
        "frozen_subject",
        sa.Column("subject", sa.String(length=16), nullable=False),
        sa.Column("subject_id", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("subject", "subject_id", name=op.f("pk_frozen_subject")),
    )
    op.create_table(
        "verdict_contest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("verdict_id", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("contested_by", sa.Text(), nullable=False),
        sa.Column("contested_at", _MOMENT, nullable=False),
        sa.Column("decision", sa.String(length=16), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("decided_by", sa.Text(), server_default="", nullable=False),
        sa.Column("decided_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verdict_contest")),
        sa.UniqueConstraint("verdict_id", name=op.f("uq_verdict_contest_verdict_id")),
    )
    op.create_index("ix_verdict_contest_decision", "verdict_contest", ["decision", "id"])
