"""The tables of text messages."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table

from hotline.storage.base import GrowingId, metadata
from hotline.storage.types import Json, PhoneNumber, UtcDateTime, Words

#: Text messages. `once_key`: of what is said to whom about what; it is sent once. `due_at`: not before. `why`: of a
#: failure, by code.
sms_message = Table(
    "sms_message",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("message_id", String(36), nullable=False, unique=True),
    Column("once_key", String(64), nullable=False, unique=True),
    Column("number", PhoneNumber, nullable=False),
    Column("template", String(32), nullable=False),
    Column("parameters", Json, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("object", Words, nullable=False),
    Column("state", String(16), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("why", String(64), nullable=False, server_default=""),
    Column("gateway_id", String(64), nullable=False, server_default=""),
    Column("sent_at", UtcDateTime),
    Column("reported_at", UtcDateTime),
    Index(None, "state", "due_at"),
    Index(None, "number", "sent_at"),
)

#: Numbers that are sent nothing. how: reply (they answered TD), staff.
do_not_send = Table(
    "do_not_send",
    metadata,
    Column("number", PhoneNumber, primary_key=True),
    Column("since", UtcDateTime, nullable=False),
    Column("how", String(16), nullable=False),
    Column("by", Words, nullable=False, server_default=""),
)
