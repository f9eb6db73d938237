"""One callback for what belongs together, with its calls and the tries at it

Each callback so far was one call's: that becomes its call. Of several open ones of one number and line the one that is
due first has all their calls; the others are closed as joined to it, and who had taken one has that one.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_OPEN = sa.text("closed_at IS NULL")
_ONE = sa.text("closed_at IS NULL AND number <> ''")
_FOLDED = sa.text("NOT by_hand")


def upgrade() -> None:
    for name in ("uq_callback_of_call", "uq_callback_by_hand", "ix_callback_closed_at_queued_at"):
        op.drop_index(name, "callback")
    for column in _new():
        op.add_column("callback", column)
    calls = _make_tables()
    _fill(op.get_bind(), calls)
    with op.batch_alter_table("callback", schema=None) as batch_op:
        batch_op.alter_column("owed_from", existing_type=_MOMENT, nullable=False)
        batch_op.drop_column("by_hand")
    key = ["line", "number"]
    op.create_index("uq_callback_open", "callback", key, unique=True, sqlite_where=_ONE, postgresql_where=_ONE)
    listed = ["rank", "due_at", "queued_at", "id"]
    op.create_index("ix_callback_list", "callback", listed, sqlite_where=_OPEN, postgresql_where=_OPEN)
    op.create_index("ix_callback_closed_at_id", "callback", ["closed_at", "id"])


def _new() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("owed_from", _MOMENT),
        sa.Column("agreed_at", _MOMENT),
        sa.Column("calls", sa.Integer(), server_default="1", nullable=False),
        sa.Column("outcome", sa.String(length=16), server_default="", nullable=False),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("first_tried_at", _MOMENT),
        sa.Column("last_tried_at", _MOMENT),
        sa.Column("next_try_at", _MOMENT),
        sa.Column("first_due_at", _MOMENT),
        sa.Column("rank", sa.Integer(), server_default="1", nullable=False),
    )


def _make_tables() -> sa.Table:
    calls = op.create_table(
        "callback_call",
        sa.Column("id", _ID, nullable=False),
        sa.Column("callback_id", sa.Integer(), nullable=False),
        sa.Column("node", sa.Text(), nullable=False),
        sa.Column("linkedid", sa.Text(), nullable=False),
        sa.Column("by_hand", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("queued_at", _MOMENT, nullable=False),
        sa.Column("owed_from", _MOMENT, nullable=False),
        sa.Column("agreed_at", _MOMENT),
        sa.Column("opened_by", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("heard_at", _MOMENT),
        sa.Column("heard_by", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_callback_call")),
    )
    name, call = "uq_callback_call_folded", ["node", "linkedid"]
    op.create_index(name, "callback_call", call, unique=True, sqlite_where=_FOLDED, postgresql_where=_FOLDED)
    op.create_index("ix_callback_call_node_linkedid", "callback_call", ["node", "linkedid"])
    op.create_index("ix_callback_call_callback_id", "callback_call", ["callback_id"])
    op.create_table(
        "callback_try",
        sa.Column("id", _ID, nullable=False),
        sa.Column("callback_id", sa.Integer(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("next_try_at", _MOMENT),
        sa.Column("dial_id", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_callback_try")),
    )
    op.create_index("ix_callback_try_callback_id", "callback_try", ["callback_id"])
    return calls


Row = sa.Row[*tuple[Any, ...]]

_CALLBACK = sa.table(
    "callback",
    *map(sa.column, ("id", "node", "linkedid", "line", "number", "reason", "opened_by", "note", "taken_by", "calls")),
    *map(sa.column, ("closed_by", "closing_note", "outcome")),
    sa.column("by_hand", sa.Boolean()),
    *(sa.column(name, _MOMENT) for name in ("queued_at", "due_at", "closed_at", "owed_from", "agreed_at", "taken_at")),
)
_CALL = sa.table("call", *map(sa.column, ("node", "linkedid")), sa.column("ended_at", _MOMENT))
_DEADLINE = sa.table(
    "deadline",
    *map(sa.column, ("clock", "object_id", "by_setting")),
    sa.column("started_at", _MOMENT),
    sa.column("due_at", _MOMENT),
)


def _fill(connection: sa.Connection, calls: sa.Table) -> None:
    c = _CALLBACK.c
    rows = sa.select(
        c.id, c.node, c.linkedid, c.by_hand, c.reason, c.queued_at, c.queued_at, c.opened_by, c.note
    ).order_by(c.queued_at, c.id)
    names = ["callback_id", "node", "linkedid", "by_hand", "reason", "queued_at", "owed_from", "opened_by", "note"]
    connection.execute(calls.insert().from_select(names, rows))
    # From when on it is waited for, and what was promised, its clock says, or its call.
    of_callback = (_DEADLINE.c.clock == "callback") & (_DEADLINE.c.object_id == calls.c.callback_id)
    began = sa.select(_DEADLINE.c.started_at).where(of_callback).limit(1).scalar_subquery()
    agreed = sa.select(_DEADLINE.c.due_at).where(of_callback, ~_DEADLINE.c.by_setting).limit(1).scalar_subquery()
    same = (_CALL.c.node == calls.c.node) & (_CALL.c.linkedid == calls.c.linkedid)
    ended = sa.select(_CALL.c.ended_at).where(same, sa.not_(calls.c.by_hand)).limit(1).scalar_subquery()
    since = sa.func.coalesce(began, ended, calls.c.queued_at)
    connection.execute(sa.update(calls).values(owed_from=since, agreed_at=agreed))
    _sum_up(connection, calls)
    for survivor, others in _together(connection):
        _join(connection, calls, survivor, others)


def _sum_up(connection: sa.Connection, calls: sa.Table, callback_id: int | None = None) -> None:
    mine = calls.c.callback_id == _CALLBACK.c.id

    def least(name: str) -> sa.ScalarSelect[Any]:
        return sa.select(sa.func.min(calls.c[name])).where(mine).scalar_subquery()

    count = sa.select(sa.func.count()).select_from(calls).where(mine).scalar_subquery()
    values = {"queued_at": least("queued_at"), "owed_from": least("owed_from"), "agreed_at": least("agreed_at")}
    here = sa.true() if callback_id is None else _CALLBACK.c.id == callback_id
    connection.execute(sa.update(_CALLBACK).where(here).values(calls=count, **values))


def _together(connection: sa.Connection) -> Iterator[tuple[Row, list[Row]]]:
    c = _CALLBACK.c
    is_open = c.closed_at.is_(None) & (c.number != "")
    several = sa.select(c.line, c.number).where(is_open).group_by(c.line, c.number).having(sa.func.count() > 1)
    wanted = (
        sa.select(c.id, c.line, c.number, c.taken_by, c.taken_at)
        .where(is_open, sa.tuple_(c.line, c.number).in_(several))
        .order_by(c.line, c.number, c.due_at, c.queued_at, c.id)
    )
    rows = connection.execute(wanted).all()
    for _key, group in groupby(rows, key=lambda row: (row.line, row.number)):
        survivor, *others = group
        yield survivor, others


def _join(connection: sa.Connection, calls: sa.Table, survivor: Row, others: list[Row]) -> None:
    c, ids = _CALLBACK.c, [each.id for each in others]
    connection.execute(sa.update(calls).where(calls.c.callback_id.in_(ids)).values(callback_id=survivor.id))
    _sum_up(connection, calls, survivor.id)
    taken = next((each for each in (survivor, *others) if each.taken_by), None)
    if taken is not None:
        values = {"taken_by": taken.taken_by, "taken_at": taken.taken_at}
        connection.execute(sa.update(_CALLBACK).where(c.id == survivor.id).values(values))
    first = sa.select(calls.c.node, calls.c.linkedid, calls.c.reason, calls.c.opened_by, calls.c.note)
    ordered = first.where(calls.c.callback_id == survivor.id).order_by(calls.c.queued_at, calls.c.id)
    row = connection.execute(ordered).mappings().first()
    assert row is not None
    connection.execute(sa.update(_CALLBACK).where(c.id == survivor.id).values(dict(row)))
    closed = {"closed_at": sa.func.now(), "closed_by": "upgrade", "closing_note": "", "outcome": "joined", "calls": 0}
    connection.execute(sa.update(_CALLBACK).where(c.id.in_(ids)).values(closed))
    connection.execute(sa.delete(_DEADLINE).where(_DEADLINE.c.clock == "callback", _DEADLINE.c.object_id.in_(ids)))
