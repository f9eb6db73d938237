"""Cases go the way of their kind

A case so far was open or closed. Each comes over to the first stage of its kind's first version, a closed one to the
last, with the steps that are known of it; numbers and owners stay. The call of its log form is its first call.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_JSON = sa.JSON().with_variant(sa.dialects.postgresql.JSONB(), "postgresql")

#: kind -> (first stage, act that closed it, last stage)
_WAYS = {"complaint": ("registered", "archive", "archived"), "request": ("registered", "close", "closed")}

_OPEN = sa.text("state = 'open'")
_WHERE = {
    "ix_service_case_due": (["due_at", "id"], _OPEN),
    "ix_service_case_owner": (["owner", "due_at", "id"], _OPEN),
    "ix_service_case_department": (["department_id", "due_at", "id"], _OPEN),
    "ix_service_case_stage": (["kind", "stage", "due_at", "id"], _OPEN),
    "ix_service_case_escalation": (["due_at", "id"], sa.text("state = 'open' AND escalated < 2")),
    "ix_service_case_offered_to": (["offered_to"], sa.text("offered_to <> ''")),
    "ix_service_case_waiting": (["due_at", "id"], sa.text("state = 'open' AND waiting <> ''")),
    "ix_service_case_merged_into": (["merged_into"], sa.text("merged_into IS NOT NULL")),
    "ix_service_case_parent_id": (["parent_id"], sa.text("parent_id IS NOT NULL")),
}


def upgrade() -> None:
    _add_columns()
    _make_calls()
    _fill()
    # SQLite took that one for the open ones, and sorted them all for each page.
    op.drop_index("ix_service_case_state_opened_at", "service_case")
    op.create_index("ix_service_case_newest", "service_case", ["opened_at", "id"])
    for name, (columns, where) in _WHERE.items():
        op.create_index(name, "service_case", columns, sqlite_where=where, postgresql_where=where)


def _add_columns() -> None:
    with op.batch_alter_table("service_case", schema=None) as batch_op:
        batch_op.alter_column("kind", existing_type=sa.String(length=16), type_=sa.String(length=32))
    columns: list[sa.Column[Any]]
    texts = ("subject", "region", "about", "offered_to", "waiting")
    codes = {"stage": 32, "severity": 16}
    numbers = ("demand", "loss", "spread", "repeats", "asked_first", "escalated")
    columns = [
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        *(sa.Column(name, sa.String(length=size), server_default="", nullable=False) for name, size in codes.items()),
        sa.Column("department_id", sa.Integer()),
        *(sa.Column(name, sa.Text(), server_default="", nullable=False) for name in texts),
        sa.Column("channel", sa.String(length=32), server_default="hotline", nullable=False),
        sa.Column("priority", sa.String(length=16), server_default="usual", nullable=False),
        sa.Column("complexity", sa.String(length=16), server_default="simple", nullable=False),
        *(sa.Column(name, sa.Integer(), server_default="0", nullable=False) for name in numbers),
        sa.Column("parent_id", sa.BigInteger()),
        sa.Column("merged_into", sa.BigInteger()),
        sa.Column("values", _JSON, server_default="{}", nullable=False),
        sa.Column("due_at", _MOMENT),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
    ]
    for column in columns:
        op.add_column("service_case", column)


def _make_calls() -> None:
    op.create_table(
        "case_call",
        sa.Column("id", _ID, nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("node", sa.Text(), nullable=False),
        sa.Column("linkedid", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_call")),
        sa.UniqueConstraint("case_id", "node", "linkedid", name=op.f("uq_case_call_case_id_node_linkedid")),
    )
    op.create_index("ix_case_call_linkedid", "case_call", ["linkedid"])


_CASE = sa.table(
    "service_case",
    *map(sa.column, ("id", "kind", "state", "stage", "form_id", "opened_by", "closed_by", "result")),
    *(sa.column(name, _MOMENT) for name in ("opened_at", "closed_at")),
)
_FORM = sa.table("call_form", *map(sa.column, ("id", "node", "linkedid")))
_CALL = sa.table("case_call", *map(sa.column, ("case_id", "node", "linkedid", "by", "at")))
_STEP = sa.table(
    "workflow_step",
    *map(sa.column, ("subject", "subject_id", "act", "before", "after", "by")),
    sa.column("at", _MOMENT),
    sa.column("given", _JSON),
)


def _fill() -> None:
    connection, c = op.get_bind(), _CASE.c
    calls = sa.select(c.id, _FORM.c.node, _FORM.c.linkedid, c.opened_by, c.opened_at)
    calls = calls.join(_FORM, _FORM.c.id == c.form_id).order_by(c.id)
    connection.execute(_CALL.insert().from_select(["case_id", "node", "linkedid", "by", "at"], calls))
    columns = ["subject", "subject_id", "act", "before", "after", "by", "at", "given"]
    none = sa.literal({}, _JSON)
    for kind, (first, act, last) in _WAYS.items():
        of_kind, closed = c.kind == kind, c.state == "closed"
        connection.execute(_CASE.update().where(of_kind).values(stage=sa.case((closed, last), else_=first)))
        begun = ("case", c.id, "open", "", first, c.opened_by, c.opened_at, none)
        ended = ("case", c.id, act, first, last, c.closed_by, c.closed_at, none)
        for step, which in ((begun, of_kind), (ended, of_kind & closed)):
            chosen = [each if isinstance(each, sa.ColumnElement) else sa.literal(each) for each in step]
            connection.execute(_STEP.insert().from_select(columns, sa.select(*chosen).where(which).order_by(c.id)))
