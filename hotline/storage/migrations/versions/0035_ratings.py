"""Callers say how the call was, and answer questionnaires"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_FOLLOWS = sa.text("follow <> ''")


def upgrade() -> None:
    op.create_table(
        "rating",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("node", sa.Text(), nullable=False),
        sa.Column("linkedid", sa.Text(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("extension", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("offered_at", _MOMENT, nullable=False),
        sa.Column("way", sa.String(length=8), nullable=False),
        sa.Column("handed_by", sa.String(length=16), server_default="", nullable=False),
        sa.Column("answer", sa.Integer(), nullable=True),
        sa.Column("answered_at", _MOMENT, nullable=True),
        sa.Column("comment", sa.Text(), server_default="", nullable=False),
        sa.Column("follow", sa.String(length=8), server_default="", nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating")),
        sa.UniqueConstraint("node", "linkedid", name=op.f("uq_rating_node_linkedid")),
    )
    op.create_index("ix_rating_offered_at", "rating", ["offered_at", "line", "extension", "answer"])
    op.create_index(op.f("ix_rating_number_offered_at"), "rating", ["number", "offered_at"])
    op.create_index("ix_rating_follow", "rating", ["id"], sqlite_where=_FOLLOWS, postgresql_where=_FOLLOWS)
    op.create_table(
        "questionnaire_reply",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(length=8), nullable=False),
        sa.Column("object", sa.Text(), nullable=False),
        sa.Column("node", sa.Text(), nullable=False),
        sa.Column("linkedid", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("answers", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("score", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaire_reply")),
    )
    for columns in (["code", "at"], ["object"], ["number"]):
        name = op.f(f"ix_questionnaire_reply_{'_'.join(columns)}")
        op.create_index(name, "questionnaire_reply", columns)


def downgrade() -> None:
    op.drop_table("questionnaire_reply")
    op.drop_table("rating")
