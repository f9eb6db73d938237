"""Facts of calls and their sums, from which the figures of reports are counted"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_GROWING = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

#: Each a sum over the calls of a day.
_MEASURES = (
    "incoming",
    "self_served",
    "put_through",
    "answered",
    "by_operator",
    "by_mobile",
    "lost",
    "lost_long",
    "left_menu",
    "left_queue",
    "left_ringing",
    "unanswered",
    "left_on_hold",
    "callback",
    "voicemail",
    "failed",
    "closed",
    "queue_full",
    "queue_empty",
    "queue_timeout",
    "nobody_on_duty",
    "short",
    "in_level",
    "lost_in_level",
    "in_answer",
    "in_quick",
    "in_15",
    "in_20",
    "in_30",
    "wait_answered_ms",
    "ring_answered_ms",
    "wait_lost_ms",
    "wait_queue_ms",
    "wait_ringing_ms",
    "wait_all_ms",
    "before_menu_ms",
    "before_people_ms",
    "repeats",
    "talk_ms",
    "hold_ms",
    "wrap_up_ms",
    "handle_ms",
    "held",
    "blind",
    "attended",
    "short_talks",
    "hung_up_by_us",
    "rung",
    "in_rings",
    "dialled",
    "reached",
    "dialled_talk_ms",
    "talks",
    "recorded",
)


def upgrade() -> None:
    op.create_table(
        "report_call",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("arrived_at", _MOMENT, nullable=False),
        sa.Column("ended_at", _MOMENT, nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("week", sa.String(length=8), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("queue", sa.Text(), nullable=False),
        sa.Column("extension", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("subject", sa.Text(), server_default="", nullable=False),
        sa.Column("region", sa.Text(), server_default="", nullable=False),
        sa.Column("caller", sa.BigInteger(), nullable=True),
        sa.Column("direction", sa.String(length=16), nullable=False),
        sa.Column("counts_as", sa.String(length=16), nullable=False),
        sa.Column("stage", sa.String(length=8), nullable=False),
        sa.Column("not_admitted", sa.String(length=16), nullable=False),
        sa.Column("by_mobile", sa.Integer(), nullable=False),
        sa.Column("wait_ms", sa.Integer(), nullable=False),
        sa.Column("ring_ms", sa.Integer(), nullable=False),
        sa.Column("talk_ms", sa.Integer(), nullable=False),
        sa.Column("hold_ms", sa.Integer(), nullable=False),
        sa.Column("wrap_up_ms", sa.Integer(), nullable=True),
        sa.Column("rings", sa.Integer(), nullable=True),
        sa.Column("before_ms", sa.Integer(), nullable=False),
        sa.Column("blind", sa.Integer(), nullable=False),
        sa.Column("attended", sa.Integer(), nullable=False),
        sa.Column("hung_up_by", sa.String(length=8), nullable=False),
        sa.Column("menu_key", sa.String(length=8), nullable=False),
        sa.Column("repeat", sa.Integer(), server_default="0", nullable=False),
        sa.Column("recorded", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_call")),
    )
    op.create_index("ix_report_call_arrived", "report_call", ["arrived_at"])
    op.create_index("ix_report_call_caller", "report_call", ["caller", "subject", "arrived_at"])
    op.create_index("ix_report_call_day", "report_call", ["day", "caller"])
    op.create_index("ix_report_call_person", "report_call", ["person_id", "arrived_at"])
    op.create_table(
        "report_sum",
        sa.Column("id", _GROWING, nullable=False),
        sa.Column("grain", sa.String(length=8), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("queue", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in _MEASURES),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_sum")),
    )
    op.create_index("ix_report_sum_grain", "report_sum", ["grain", "day"])
    op.create_table(
        "report_histogram",
        sa.Column("id", _GROWING, nullable=False),
        sa.Column("what", sa.String(length=16), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("queue", sa.Text(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_histogram")),
    )
    op.create_index(
        "ix_report_histogram_what", "report_histogram", ["what", "day", "line", "queue", "seconds", "calls"]
    )
    op.create_table(
        "report_day",
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_report_day")),
    )
    op.create_table(
        "report_amount",
        sa.Column("id", _GROWING, nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("extension", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("what", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_amount")),
    )
    op.create_index("ix_report_amount_day", "report_amount", ["day", "what", "person_id", "line", "amount"])
    op.create_table(
        "report_progress",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("outbox_id", sa.BigInteger(), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_progress")),
    )
