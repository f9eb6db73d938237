"""The tables of line."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table

from hotline.storage.base import metadata
from hotline.storage.types import PhoneNumber, StoredReason, UtcDateTime, Words

#: The duty mobile passing from hand to hand (A2). `line`: "" is that of all lines.
duty_handover = Table(
    "duty_handover",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("from_person", Words, nullable=False),
    Column("to_person", Words, nullable=False),
    Column("note", Words, nullable=False, server_default=""),
    Column("recorded_by", Words, nullable=False),
    Column("line", Words, nullable=False, server_default=""),
)


#: "Closed now" or "open now" until a time, declared by a supervisor. mode: open, closed, calendar. `line`: "" is all.
line_override = Table(
    "line_override",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("mode", String(8), nullable=False),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("declared_by", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("cancelled_at", UtcDateTime),
    Column("line", Words, nullable=False, server_default=""),
    Index(None, "ends_at"),
)


#: A15. `expires_at` NULL: until lifted.
blocked_number = Table(
    "blocked_number",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", PhoneNumber, nullable=False),
    Column("reason", Words, nullable=False),
    Column("blocked_by", Words, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime),
    Column("lifted_at", UtcDateTime),
    Index(None, "number"),
)


#: A15: numbers that are turned away by how they begin, as they are dialled from here.
blocked_prefix = Table(
    "blocked_prefix",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("prefix", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("blocked_by", Words, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime),
    Column("lifted_at", UtcDateTime),
)


#: A4: each test call of a line. result: running, passed, failed.
line_test = Table(
    "line_test",
    metadata,
    Column("id", Words, primary_key=True),
    Column("line", Words, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime),
    Column("result", String(16), nullable=False),
    Column("detail", StoredReason, nullable=False, server_default=""),
    Index(None, "started_at"),
)


#: A2: duty mobiles that are lost. `put_back_at` NULL: it is rung by nobody. `asked_by`: who wants it back.
lost_mobile = Table(
    "lost_mobile",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", Words, nullable=False),
    Column("person", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("taken_out_by", Words, nullable=False),
    Column("taken_out_at", UtcDateTime, nullable=False),
    Column("asked_by", Words, nullable=False, server_default=""),
    Column("asked_at", UtcDateTime),
    Column("put_back_by", Words, nullable=False, server_default=""),
    Column("put_back_at", UtcDateTime),
    Index(None, "put_back_at"),
)
