"""Seconds of each call kept by person, subject and region too; verdicts added up by why, and of all people together"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from hotline.storage.immutable import sqlite_triggers

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

_GROWING = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_SPANS = ("wait_answered", "wait_lost", "wait_all", "talk", "hold", "wrap_up", "handle")


def upgrade() -> None:
    op.create_index("ix_call_form_called", "call_form", ["called_at", "id"])
    op.create_index("ix_call_form_state_called", "call_form", ["state", "called_at", "id"])
    op.create_index("ix_call_form_category_called", "call_form", ["category", "called_at", "id"])
    listed = sa.text("judgement <> 'kept'")
    op.drop_index("ix_rule_verdict_listed", "rule_verdict")
    op.create_index(
        "ix_rule_verdict_listed",
        "rule_verdict",
        ["rule", "judgement", "at", "id"],
        sqlite_where=listed,
        postgresql_where=listed,
    )
    op.drop_index("ix_deadline_due", "deadline")
    op.create_index("ix_deadline_due", "deadline", ["clock", "due_at", "object_id", "stopped_at", "line"])
    op.drop_table("report_histogram")
    op.create_table(
        "report_seconds",
        sa.Column("id", _GROWING, nullable=False),
        sa.Column("grain", sa.String(length=8), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("queue", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in _SPANS),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_seconds")),
    )
    op.create_index("ix_report_seconds_grain", "report_seconds", ["grain", "day"])
    # Until the job has made the days anew they are counted from the facts.
    op.execute("DELETE FROM report_day")
    if op.get_bind().dialect.name == "sqlite":
        _write_moments_alike()
    op.drop_table("verdict_tally")
    _tally("verdict_tally", sa.Column("person_id", sa.Integer(), nullable=False))
    _tally("verdict_day")
    day = "date(v.at, '+8 hours')"
    if op.get_bind().dialect.name == "postgresql":
        day = "to_char(v.at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD')"
    op.execute(
        "INSERT INTO verdict_tally (day, rule, generation, line, person_id, judgement, why, verdicts)"
        " SELECT s.day, s.rule, s.generation, s.line, s.person_id, s.judgement, s.why, COUNT(*) FROM ("
        f"SELECT {day} AS day, v.rule, v.generation, v.line, v.person_id, v.judgement,"
        " CASE WHEN v.judgement IN ('not_judged', 'not_applicable') THEN v.why ELSE '' END AS why"
        " FROM rule_verdict v WHERE NOT EXISTS (SELECT 1 FROM rule_verdict l WHERE l.replaces = v.id)) s"
        " GROUP BY s.day, s.rule, s.generation, s.line, s.person_id, s.judgement, s.why"
    )
    op.execute(
        "INSERT INTO verdict_day (day, rule, generation, line, judgement, why, verdicts)"
        " SELECT day, rule, generation, line, judgement, why, SUM(verdicts) FROM verdict_tally"
        " GROUP BY day, rule, generation, line, judgement, why"
    )


def _write_moments_alike() -> None:
    """Moments of whole seconds were written without their fraction, and so came before themselves where SQLite compares
    them as text: a verdict of midnight was in no day's list."""
    op.execute("DROP TRIGGER rule_verdict_no_update")
    for column in ("at", "judged_at"):
        op.execute(f"UPDATE rule_verdict SET {column} = {column} || '.000000' WHERE length({column}) = 19")
    op.execute(next(each for each in sqlite_triggers("rule_verdict") if "BEFORE UPDATE" in each))


def _tally(name: str, *person: sa.Column[int]) -> None:
    key = ("day", "rule", "generation", "line", *(each.name for each in person), "judgement", "why")
    op.create_table(
        name,
        sa.Column("id", _GROWING, nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("rule", sa.String(length=8), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        *person,
        sa.Column("judgement", sa.String(length=16), nullable=False),
        sa.Column("why", sa.String(length=32), nullable=False),
        sa.Column("verdicts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint(*key, name=f"uq_{name}"),
    )
