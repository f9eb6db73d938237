"""The tables of callbacks."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, false, text

from hotline.storage.base import metadata
from hotline.storage.types import PhoneNumber, UtcDateTime, Words

#: A call leaves one callback by what happened on it, and beside it one open one that somebody of ours opened.
_FOLDED, _OPENED = text("NOT by_hand"), text("by_hand AND closed_at IS NULL")


#: Calls that we owe (A9). reason: requested, abandoned, missed, voicemail; `by_hand` those that somebody of ours
#: opened: promised, long_call (A10), which no fold takes back. `taken_by`: the user who calls back, "" nobody yet.
#: Ordered by `queued_at`: a caller who took the offer keeps the place.
callback = Table(
    "callback",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("node", Words, nullable=False),
    Column("linkedid", Words, nullable=False),
    Column("line", Words, nullable=False),
    Column("number", PhoneNumber, nullable=False),
    Column("reason", String(16), nullable=False),
    Column("queued_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("closed_at", UtcDateTime),
    Column("closed_by", Words),
    Column("closing_note", Words),
    Column("by_hand", Boolean, nullable=False, server_default=false()),
    Column("opened_by", Words, nullable=False, server_default=""),
    Column("note", Words, nullable=False, server_default=""),
    Column("taken_by", Words, nullable=False, server_default=""),
    Column("taken_at", UtcDateTime),
    Index("uq_callback_of_call", "node", "linkedid", unique=True, sqlite_where=_FOLDED, postgresql_where=_FOLDED),
    Index("uq_callback_by_hand", "node", "linkedid", unique=True, sqlite_where=_OPENED, postgresql_where=_OPENED),
    Index(None, "number", "closed_at"),
    Index(None, "closed_at", "queued_at"),
    Index(None, "taken_by", "closed_at"),
)
