"""The notice board, trainings with their results, and volumes typed in for the forecast"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    _bulletins()
    _trainings()
    _staffing()


def _bulletins() -> None:
    op.create_table(
        "bulletin",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("posted_by", sa.Text(), nullable=False),
        sa.Column("posted_at", _MOMENT, nullable=False),
        sa.Column("read_by_at", _MOMENT, nullable=True),
        sa.Column("before_ready", sa.Boolean(), nullable=False),
        sa.Column("for_all", sa.Boolean(), nullable=False),
        sa.Column("withdrawn_at", _MOMENT, nullable=True),
        sa.Column("withdrawn_by", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulletin")),
    )
    op.create_index(op.f("ix_bulletin_withdrawn_at_posted_at"), "bulletin", ["withdrawn_at", "posted_at"])
    op.create_table(
        "bulletin_addressee",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bulletin_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulletin_addressee")),
    )
    op.create_index(op.f("ix_bulletin_addressee_bulletin_id"), "bulletin_addressee", ["bulletin_id"])
    op.create_table(
        "bulletin_reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bulletin_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("read_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulletin_reading")),
        sa.UniqueConstraint("bulletin_id", "person_id", name=op.f("uq_bulletin_reading_bulletin_id_person_id")),
    )
    op.create_index(op.f("ix_bulletin_reading_person_id"), "bulletin_reading", ["person_id"])


def _trainings() -> None:
    op.create_table(
        "training",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.Text(), server_default="", nullable=False),
        sa.Column("valid_months", sa.Integer(), nullable=True),
        sa.Column("pass_points", sa.Float(), nullable=True),
        sa.Column("for_all", sa.Boolean(), nullable=False),
        sa.Column("queues", _JSON, nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", _MOMENT, nullable=False),
        sa.Column("updated_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training")),
        sa.UniqueConstraint("name", name=op.f("uq_training_name")),
    )
    op.create_table(
        "training_result",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("training_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("taken_at", _MOMENT, nullable=False),
        sa.Column("points", sa.Float(), nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("valid_until", _MOMENT, nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("entered_by", sa.Text(), nullable=False),
        sa.Column("entered_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_result")),
        sa.UniqueConstraint(
            "training_id", "person_id", "taken_at", name=op.f("uq_training_result_training_id_person_id_taken_at")
        ),
    )
    op.create_index(op.f("ix_training_result_person_id"), "training_result", ["person_id"])


def _staffing() -> None:
    op.create_table(
        "typed_volume",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("like_day", sa.Integer(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("calls", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_typed_volume")),
        sa.UniqueConstraint("line", "like_day", "slot", name=op.f("uq_typed_volume_line_like_day_slot")),
    )
    op.create_table(
        "left_out_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("day_at", _MOMENT, nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("left_out_by", sa.Text(), nullable=False),
        sa.Column("left_out_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_left_out_day")),
        sa.UniqueConstraint("line", "day_at", name=op.f("uq_left_out_day_line_day_at")),
    )
