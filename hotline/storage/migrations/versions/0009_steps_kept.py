"""What was done to corrective actions, requests of persons and appeals, step by step

Until now each kept its last step alone: of one that was to be mended twice, the first check was lost. What is known of
their past becomes their first steps.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_AT_ONCE = 500
_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
_MOMENT = sa.DateTime(timezone=True)

_STEP = sa.table(
    "workflow_step",
    sa.column("subject"),
    sa.column("subject_id"),
    sa.column("act"),
    sa.column("before"),
    sa.column("after"),
    sa.column("by"),
    sa.column("at", _MOMENT),
    sa.column("given", _JSON),
)
Row = sa.Row[Any]
#: Act, before, after, by, at, given.
Step = tuple[str, str, str, str, Any, dict[str, str]]
Steps = Iterator[Step]
_COLUMNS = ("subject", "subject_id", "act", "before", "after", "by", "at", "given")


def upgrade() -> None:
    op.create_table(
        "workflow_step",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("subject", sa.String(length=32), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("act", sa.String(length=32), nullable=False),
        sa.Column("before", sa.String(length=32), nullable=False),
        sa.Column("after", sa.String(length=32), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("given", _JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workflow_step")),
    )
    with op.batch_alter_table("workflow_step", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_workflow_step_subject_subject_id"), ["subject", "subject_id"], unique=False
        )
    connection = op.get_bind()
    for table, columns, steps in (
        ("rectification", _RECTIFICATION, _of_corrective_action),
        ("privacy_request", _REQUEST, _of_request),
        ("appeal", _APPEAL, _of_appeal),
    ):
        _fill(connection, sa.table(table, *columns), steps)


_RECTIFICATION = (
    *map(sa.column, ("id", "state", "issued_by", "extension", "text", "done_note", "checked_by", "check_note")),
    *(sa.column(name, _MOMENT) for name in ("issued_at", "done_at", "checked_at")),
)
_REQUEST = (
    *map(sa.column, ("id", "state", "taken_by", "answer", "closed_by")),
    *(sa.column(name, _MOMENT) for name in ("asked_at", "closed_at")),
)
_APPEAL = (
    *map(sa.column, ("id", "examination_id", "reason", "appealed_by", "decision", "note", "decided_by")),
    *(sa.column(name, _MOMENT) for name in ("appealed_at", "decided_at")),
)


def _of_corrective_action(row: Row) -> Steps:
    """Whoever reported it done was the operator, known by extension. What was reported done again after a check came
    after it."""
    issued: Step = ("issue", "", "issued", row.issued_by, row.issued_at, {})
    again = row.checked_at and row.done_at and row.checked_at < row.done_at
    before = "repeated" if again else "issued"
    done = ("done", before, "done", row.extension, row.done_at, {"note": row.done_note})
    act = "confirm" if row.state == "confirmed" else "repeat"
    after = "confirmed" if row.state == "confirmed" else "repeated"
    checked = (act, "done", after, row.checked_by, row.checked_at, {"note": row.check_note})
    known = [issued, *([done] if row.done_at else []), *([checked] if row.checked_at else [])]
    yield from sorted(known, key=lambda step: step[4])


def _of_request(row: Row) -> Steps:
    yield ("take", "", "open", row.taken_by, row.asked_at, {})
    if row.closed_at:
        act = "refuse" if row.state == "refused" else "answer"
        yield (act, "open", row.state, row.closed_by, row.closed_at, {})


def _of_appeal(row: Row) -> Steps:
    yield ("appeal", "done", "appealed", row.appealed_by, row.appealed_at, {"reason": row.reason})
    if row.decided_at:
        given = {"decision": row.decision or "", "note": row.note}
        yield ("decide", "appealed", "decided", row.decided_by, row.decided_at, given)


def _fill(connection: sa.Connection, table: sa.TableClause, steps: Any) -> None:
    last = 0
    while rows := connection.execute(
        sa.select(*table.c).where(table.c.id > last).order_by(table.c.id).limit(_AT_ONCE)
    ).all():
        last = rows[-1].id
        made = [
            dict(zip(_COLUMNS, (*_subject(table.name, row), *step), strict=True)) for row in rows for step in steps(row)
        ]
        connection.execute(_STEP.insert(), made)


def _subject(table: str, row: Row) -> tuple[str, int]:
    if table == "appeal":
        return "examination", row.examination_id
    return ("privacy" if table == "privacy_request" else table), row.id
