"""Links of every purpose in place of those to log forms alone; attachments; text messages"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
_MOMENT = sa.DateTime(timezone=True)
_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_KEPT = ("token_sha256", "created_at", "created_by", "expires_at", "opened_at", "opened_with", "used_at")
_DUTY_LINK = sa.table("duty_link", *map(sa.column, ("id", "form_id", "person", *_KEPT)))
_LINK = sa.table(
    "link", *map(sa.column, ("purpose", "object", "holder_kind", "holder_name", "one_use", "one_browser", *_KEPT))
)


def upgrade() -> None:
    _links()
    _attachments()
    _text_messages()


def _links() -> None:
    op.create_table(
        "link",
        sa.Column("id", _ID, nullable=False),
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("object", sa.Text(), nullable=False),
        sa.Column("holder_kind", sa.String(length=16), nullable=False),
        sa.Column("holder_id", sa.Integer(), nullable=True),
        sa.Column("holder_name", sa.Text(), server_default="", nullable=False),
        sa.Column("one_use", sa.Boolean(), nullable=False),
        sa.Column("one_browser", sa.Boolean(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.Column("opened_at", _MOMENT, nullable=True),
        sa.Column("opened_with", sa.String(length=64), server_default="", nullable=False),
        sa.Column("used_at", _MOMENT, nullable=True),
        sa.Column("revoked_at", _MOMENT, nullable=True),
        sa.Column("revoked_by", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_link_token_sha256")),
    )
    for columns in (("object",), ("holder_kind", "holder_id"), ("expires_at",)):
        op.create_index(op.f(f"ix_link_{'_'.join(columns)}"), "link", list(columns), unique=False)
    old = _DUTY_LINK.c
    moved = sa.select(
        sa.literal("duty"),
        sa.literal("form:", sa.String).concat(sa.cast(old.form_id, sa.String)),
        sa.literal("other"),
        old.person,
        sa.true(),
        sa.true(),
        *(old[name] for name in _KEPT),
    ).order_by(old.id)
    op.get_bind().execute(_LINK.insert().from_select([column.name for column in _LINK.c], moved))
    op.drop_table("duty_link")


def _attachments() -> None:
    op.create_table(
        "attachment",
        sa.Column("id", _ID, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("type", sa.String(length=100), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("kept_at", _MOMENT, nullable=True),
        sa.Column("removed_at", _MOMENT, nullable=True),
        sa.Column("removed_by", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint("path", name=op.f("uq_attachment_path")),
    )
    op.create_index(op.f("ix_attachment_kind_object_id"), "attachment", ["kind", "object_id"], unique=False)


def _text_messages() -> None:
    op.create_table(
        "sms_message",
        sa.Column("id", _ID, nullable=False),
        sa.Column("message_id", sa.String(length=36), nullable=False),
        sa.Column("once_key", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("template", sa.String(length=32), nullable=False),
        sa.Column("parameters", _JSON, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("object", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("due_at", _MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(length=64), server_default="", nullable=False),
        sa.Column("gateway_id", sa.String(length=64), server_default="", nullable=False),
        sa.Column("sent_at", _MOMENT, nullable=True),
        sa.Column("reported_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sms_message")),
        sa.UniqueConstraint("message_id", name=op.f("uq_sms_message_message_id")),
        sa.UniqueConstraint("once_key", name=op.f("uq_sms_message_once_key")),
    )
    for columns in (("state", "due_at"), ("number", "sent_at")):
        op.create_index(op.f(f"ix_sms_message_{'_'.join(columns)}"), "sms_message", list(columns), unique=False)
    op.create_table(
        "do_not_send",
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.Column("how", sa.String(length=16), nullable=False),
        sa.Column("by", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_do_not_send")),
    )
