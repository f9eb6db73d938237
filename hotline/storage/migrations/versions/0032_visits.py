"""Return visits

Cases that were closed before are not visited: their customers did not expect it.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
_OPEN, _CLOSED = "state = 'open'", "state <> 'open'"

#: name -> (columns, condition)
_INDEXES = {
    "uq_visit_key": (["key"], "key IS NOT NULL"),
    "ix_visit_due": (["due_at", "id"], _OPEN),
    "ix_visit_visitor": (["visitor", "due_at", "id"], _OPEN),
    "ix_visit_closed": (["closed_at", "id"], _CLOSED),
    "ix_visit_closed_by": (["visitor", "closed_at", "id"], _CLOSED),
    "ix_visit_newest": (["planned_at", "id"], None),
    "ix_visit_call": (["linkedid"], "linkedid <> ''"),
    "ix_visit_visitor_assigned_at": (["visitor", "assigned_at"], None),
    "ix_visit_origin_subject_id_id": (["origin", "subject_id", "id"], None),
    "ix_visit_number_state": (["number", "state"], None),
    "ix_visit_customer_id_state": (["customer_id", "state"], None),
}


def upgrade() -> None:
    op.create_table(
        "visit",
        sa.Column("id", _ID, nullable=False),
        _code("origin", None),
        sa.Column("subject_id", sa.BigInteger(), nullable=True),
        _text("purpose"),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        _text("name"),
        _text("number"),
        _text("line"),
        _code("way", "call"),
        _code("state", "open"),
        _moment("begins_at", False),
        _moment("planned_at", False),
        _text("planned_by"),
        _count("days", "3"),
        _moment("due_by"),
        _moment("due_at", False),
        _moment("unmoved_at"),
        _moment("not_before"),
        _moment("agreed_at"),
        _moment("call_at"),
        _moment("next_try_at"),
        _text("visitor"),
        _moment("assigned_at"),
        sa.Column("barred", _JSON, server_default="[]", nullable=False),
        _text("about"),
        _count("weight", "1"),
        _count("escalated"),
        _count("tries"),
        _moment("last_tried_at"),
        _moment("closed_at"),
        _text("closed_by"),
        _code("ending", ""),
        _code("result", ""),
        _text("with_what"),
        _text("content"),
        _text("problems"),
        sa.Column("answers", _JSON, server_default="{}", nullable=False),
        _count("asked"),
        sa.Column("seconds", sa.Float(), server_default="0", nullable=False),
        _text("node"),
        _text("linkedid"),
        sa.Column("opened_case_id", sa.BigInteger(), nullable=True),
        _text("questionnaire"),
        sa.Column("key", sa.Text(), nullable=True),
        _count("revision", "1"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
    )
    op.create_table(
        "visit_try",
        sa.Column("id", _ID, nullable=False),
        sa.Column("visit_id", sa.BigInteger(), nullable=False),
        _moment("at", False),
        sa.Column("by", sa.Text(), nullable=False),
        _code("way", None),
        _code("outcome", None),
        _text("note"),
        _moment("next_try_at"),
        sa.Column("dial_id", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_try")),
    )
    op.create_index("ix_visit_try_visit_id", "visit_try", ["visit_id"])
    for name, (columns, condition) in _INDEXES.items():
        where: dict[str, Any] = {}
        if condition:
            where = {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}
        op.create_index(name, "visit", columns, unique=name.startswith("uq"), **where)


def _text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _code(name: str, default: str | None) -> sa.Column[Any]:
    return sa.Column(name, sa.String(length=16), server_default=default, nullable=False)


def _moment(name: str, nullable: bool = True) -> sa.Column[Any]:
    return sa.Column(name, _MOMENT, nullable=nullable)


def _count(name: str, default: str = "0") -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), server_default=default, nullable=False)
