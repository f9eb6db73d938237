"""Deadlines of callbacks, records, promises, answers, corrective actions and requests of persons

What is open gets its clock, due when it was due so far. Where its term is that of the settings, which no revision
knows, the job that counts deadlines puts it under that: until then it is due at the moment that was written. What was
done before stays as it is.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_AT_ONCE = 500
_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
_MOMENT = sa.DateTime(timezone=True)
_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_OPEN = sa.text("stopped_at IS NULL")
_TO_TELL = sa.text("stopped_at IS NULL AND breach_told_at IS NULL")

#: B5, where nothing was counted so far.
_ANSWER = json.dumps({"days": 3, "kind": "working_days", "v": 1}, sort_keys=True)

Row = sa.Row[Any]
#: Clock, rule, line, by the settings, started_at, due_at.
Clock = tuple[str, str, str, bool, datetime, datetime | None]


def upgrade() -> None:
    deadline = op.create_table(
        "deadline",
        sa.Column("id", _ID, nullable=False),
        sa.Column("clock", sa.String(length=32), nullable=False),
        sa.Column("object_id", sa.BigInteger(), nullable=False),
        sa.Column("rule", sa.String(length=8), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("term", sa.Text(), nullable=False),
        sa.Column("by_setting", sa.Boolean(), nullable=False),
        sa.Column("started_at", _MOMENT, nullable=False),
        sa.Column("gaps", _JSON, nullable=False),
        sa.Column("paused_at", _MOMENT, nullable=True),
        sa.Column("pause_reason", sa.String(length=16), server_default="", nullable=False),
        sa.Column("stopped_at", _MOMENT, nullable=True),
        sa.Column("due_at", _MOMENT, nullable=True),
        sa.Column("warned_at", _MOMENT, nullable=True),
        sa.Column("breached_at", _MOMENT, nullable=True),
        sa.Column("warning_told_at", _MOMENT, nullable=True),
        sa.Column("breach_told_at", _MOMENT, nullable=True),
        sa.Column("counted_by", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline")),
        sa.UniqueConstraint("clock", "object_id", name=op.f("uq_deadline_clock_object_id")),
    )
    with op.batch_alter_table("deadline", schema=None) as batch_op:
        batch_op.create_index("ix_deadline_open", ["clock", "line", "id"], sqlite_where=_OPEN, postgresql_where=_OPEN)
        batch_op.create_index("ix_deadline_to_tell", ["warned_at"], sqlite_where=_TO_TELL, postgresql_where=_TO_TELL)
    op.create_table(
        "deadline_move",
        sa.Column("id", _ID, nullable=False),
        sa.Column("clock", sa.String(length=32), nullable=False),
        sa.Column("object_id", sa.BigInteger(), nullable=False),
        sa.Column("was_due_at", _MOMENT, nullable=True),
        sa.Column("due_at", _MOMENT, nullable=True),
        sa.Column("calendar_changed", sa.Boolean(), nullable=False),
        sa.Column("term_changed", sa.Boolean(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline_move")),
    )
    connection = op.get_bind()
    for rows, clocks in (
        (_CALLBACKS, _of_callback),
        (_FORMS, _of_form),
        (_ORDERS, _of_order),
        (_REQUESTS, _of_request),
    ):
        _fill(connection, deadline, rows, clocks)


_CALLBACK = sa.table(
    "callback",
    *map(sa.column, ("id", "node", "linkedid", "line", "by_hand")),
    *(sa.column(name, _MOMENT) for name in ("queued_at", "due_at", "closed_at")),
)
_CALL = sa.table("call", *map(sa.column, ("node", "linkedid")), sa.column("ended_at", _MOMENT))
_FORM = sa.table(
    "call_form",
    *map(sa.column, ("id", "line", "state")),
    sa.column("solved", sa.Boolean()),
    *(sa.column(name, _MOMENT) for name in ("called_at", "promise_due_at", "promise_kept_at", "due_at")),
)


def _with_state(name: str, began: str) -> sa.TableClause:
    moments = (sa.column(each, _MOMENT) for each in (began, "due_at"))
    return sa.table(name, sa.column("id"), sa.column("state"), *moments)


_ORDER = _with_state("rectification", "issued_at")
_REQUEST = _with_state("privacy_request", "asked_at")

_CALLBACKS = (
    sa.select(_CALLBACK, _CALL.c.ended_at)
    .select_from(
        _CALLBACK.outerjoin(_CALL, sa.and_(_CALL.c.node == _CALLBACK.c.node, _CALL.c.linkedid == _CALLBACK.c.linkedid))
    )
    .where(_CALLBACK.c.closed_at.is_(None)),
    _CALLBACK.c.id,
)
_PROMISED = sa.and_(_FORM.c.promise_due_at.is_not(None), _FORM.c.promise_kept_at.is_(None))
_FORMS = (sa.select(_FORM).where(sa.or_(_FORM.c.state == "open", _PROMISED)), _FORM.c.id)
_ORDERS = (sa.select(_ORDER).where(_ORDER.c.state.in_(("issued", "repeated"))), _ORDER.c.id)
_REQUESTS = (sa.select(_REQUEST).where(_REQUEST.c.state == "open"), _REQUEST.c.id)


def _of_callback(row: Row) -> Iterator[Clock]:
    """A9. What somebody of ours opened may have been agreed for its moment."""
    began = row.queued_at if row.by_hand else row.ended_at or row.queued_at
    yield "callback", "A9", row.line, not row.by_hand, began, row.due_at


def _of_form(row: Row) -> Iterator[Clock]:
    """B2, B6, B5."""
    if row.state == "open" and row.due_at:
        yield "record", "B2", row.line, True, row.called_at, row.due_at
    if row.promise_due_at and not row.promise_kept_at:
        yield "promise", "B6", row.line, False, row.called_at, row.promise_due_at
    if row.state == "open" and row.solved is False:
        yield "answer", "B5", row.line, True, row.called_at, None


def _of_order(row: Row) -> Iterator[Clock]:
    """E6."""
    yield "correction", "E6", "", False, row.issued_at, row.due_at


def _of_request(row: Row) -> Iterator[Clock]:
    """G3."""
    yield "privacy", "G3", "", True, row.asked_at, row.due_at


def _fill(
    connection: sa.Connection,
    deadline: sa.Table,
    rows: tuple[sa.Select[Any], sa.ColumnElement[Any]],
    clocks: Callable[[Row], Iterator[Clock]],
) -> None:
    wanted, row_id = rows
    last = 0
    while found := connection.execute(wanted.where(row_id > last).order_by(row_id).limit(_AT_ONCE)).all():
        last = found[-1].id
        if made := [_row(each.id, clock) for each in found for clock in clocks(each)]:
            connection.execute(deadline.insert(), made)


def _row(object_id: int, clock: Clock) -> dict[str, Any]:
    name, rule, line, by_setting, started_at, due_at = clock
    return {
        "clock": name,
        "object_id": object_id,
        "rule": rule,
        "line": line,
        "term": _agreed(due_at) if due_at else _ANSWER,
        "by_setting": by_setting,
        "started_at": started_at,
        "gaps": [],
        "due_at": due_at,
        "warned_at": due_at,
        "counted_by": "",
    }


def _agreed(due_at: datetime) -> str:
    """SQLite gives moments without their zone, which is UTC."""
    moment = due_at.astimezone(UTC) if due_at.tzinfo else due_at.replace(tzinfo=UTC)
    return json.dumps({"at": moment.isoformat(), "kind": "agreed", "v": 1}, sort_keys=True)
