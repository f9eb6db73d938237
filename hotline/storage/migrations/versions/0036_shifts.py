"""One table of shifts, of desks and of the duty mobile; leave, swaps, skills and feeds

Whoever had the duty mobile has it still, at the same numbers: `duty_shift` becomes shifts that are published. Who is
the only one of us with that name is who it is.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    _shift()
    op.execute(
        "INSERT INTO shift (id, person_id, person, duty, starts_at, ends_at, lines, numbers, backups, note, "
        "origin, published_at) "
        "SELECT d.id, (SELECT min(p.id) FROM person p WHERE p.name = d.person AND p.active GROUP BY p.name "
        "HAVING count(*) = 1), d.person, TRUE, d.starts_at, d.ends_at, d.lines, d.numbers, d.backups, d.note, "
        "'roster', d.starts_at FROM duty_shift d ORDER BY d.id"
    )
    op.drop_table("duty_shift")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SELECT setval(pg_get_serial_sequence('shift', 'id'), coalesce((SELECT max(id) FROM shift), 0) + 1)")
    _leave_request()
    _shift_swap()
    op.create_table(
        "queue_skill",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("queue", sa.String(length=32), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_queue_skill")),
        sa.UniqueConstraint("person_id", "queue", name=op.f("uq_queue_skill_person_id_queue")),
    )
    op.create_table(
        "shift_feed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift_feed")),
        sa.UniqueConstraint("person_id", name=op.f("uq_shift_feed_person_id")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_shift_feed_secret_hash")),
    )


def _shift() -> None:
    op.create_table(
        "shift",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=32), server_default="", nullable=False),
        sa.Column("duty", sa.Boolean(), nullable=False),
        sa.Column("starts_at", _MOMENT, nullable=False),
        sa.Column("ends_at", _MOMENT, nullable=False),
        sa.Column("lines", _JSON, server_default="[]", nullable=False),
        sa.Column("queues", _JSON, server_default="[]", nullable=False),
        sa.Column("numbers", _JSON, server_default="[]", nullable=False),
        sa.Column("backups", _JSON, server_default="[]", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("origin", sa.String(length=16), nullable=False),
        sa.Column("published_at", _MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift")),
    )
    for columns in (("duty", "ends_at"), ("ends_at",), ("person_id", "ends_at")):
        op.create_index(op.f(f"ix_shift_{'_'.join(columns)}"), "shift", list(columns), unique=False)


def _leave_request() -> None:
    op.create_table(
        "leave_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.Column("until", _MOMENT, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_at", _MOMENT, nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("deputy_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("decided_at", _MOMENT, nullable=True),
        sa.Column("decided_by", sa.Text(), server_default="", nullable=False),
        sa.Column("answer", sa.Text(), server_default="", nullable=False),
        sa.Column("absence_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leave_request")),
    )
    for columns in (("person_id", "until"), ("state",)):
        op.create_index(op.f(f"ix_leave_request_{'_'.join(columns)}"), "leave_request", list(columns), unique=False)


def _shift_swap() -> None:
    op.create_table(
        "shift_swap",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=True),
        sa.Column("asker_id", sa.Integer(), nullable=False),
        sa.Column("taker_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", _MOMENT, nullable=False),
        sa.Column("ends_at", _MOMENT, nullable=False),
        sa.Column("other_starts_at", _MOMENT, nullable=True),
        sa.Column("other_ends_at", _MOMENT, nullable=True),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("asked_at", _MOMENT, nullable=False),
        sa.Column("answered_at", _MOMENT, nullable=True),
        sa.Column("decided_at", _MOMENT, nullable=True),
        sa.Column("decided_by", sa.Text(), server_default="", nullable=False),
        sa.Column("answer", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift_swap")),
    )
    for columns in (("asker_id", "starts_at"), ("taker_id", "starts_at"), ("state",)):
        op.create_index(op.f(f"ix_shift_swap_{'_'.join(columns)}"), "shift_swap", list(columns), unique=False)
