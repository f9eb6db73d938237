"""The tables of callbacks."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, Table, false, text

from hotline.storage.base import GrowingId, metadata
from hotline.storage.types import PhoneNumber, UtcDateTime, Words

_OPEN, _CLOSED = text("closed_at IS NULL"), text("closed_at IS NOT NULL")
#: One for what belongs together: a number is owed one callback a line.
_ONE = text("closed_at IS NULL AND number <> ''")
_FOLDED = text("NOT by_hand")


#: Calls that we owe (A9). `node`, `linkedid`, `reason`, `opened_by` and `note` are those of the first of its calls,
#: `calls` how many it has. `taken_by`: the user who calls back, "" nobody yet. In the list important customers come
#: first (`rank`, the lower the earlier), then what is due first, then whoever waits longest: a caller who took the
#: offer keeps the place (`queued_at`). `outcome`: done, called_again, talked, not_reached, wrong_number, not_wanted,
#: joined.
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
    Column("opened_by", Words, nullable=False, server_default=""),
    Column("note", Words, nullable=False, server_default=""),
    Column("taken_by", Words, nullable=False, server_default=""),
    Column("taken_at", UtcDateTime),
    Column("owed_from", UtcDateTime, nullable=False),
    Column("agreed_at", UtcDateTime),
    Column("calls", Integer, nullable=False, server_default="1"),
    Column("outcome", String(16), nullable=False, server_default=""),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("first_tried_at", UtcDateTime),
    Column("last_tried_at", UtcDateTime),
    Column("next_try_at", UtcDateTime),
    Column("first_due_at", UtcDateTime),
    Column("rank", Integer, nullable=False, server_default="1"),
    Index("uq_callback_open", "line", "number", unique=True, sqlite_where=_ONE, postgresql_where=_ONE),
    Index("ix_callback_list", "rank", "due_at", "queued_at", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
    Index("ix_callback_owed_from", "owed_from", "id"),
    Index("ix_callback_due", "due_at", sqlite_where=_OPEN, postgresql_where=_OPEN),
    Index(None, "number", "closed_at"),
    Index("ix_callback_closed", "closed_at", "id", sqlite_where=_CLOSED, postgresql_where=_CLOSED),
    Index(None, "taken_by", "closed_at"),
)

#: The calls that callbacks are owed for. `by_hand`: opened by somebody of ours or by what the recording holds
#: (promised, long_call, one_way, no_goodbye), which no fold takes back; else requested, abandoned, missed, voicemail,
#: broke_off: a call leaves one by what happened on it. `heard_by`: who has listened to its message first.
callback_call = Table(
    "callback_call",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("callback_id", Integer, nullable=False),
    Column("node", Words, nullable=False),
    Column("linkedid", Words, nullable=False),
    Column("by_hand", Boolean, nullable=False, server_default=false()),
    Column("reason", String(16), nullable=False),
    Column("queued_at", UtcDateTime, nullable=False),
    Column("owed_from", UtcDateTime, nullable=False),
    Column("agreed_at", UtcDateTime),
    Column("opened_by", Words, nullable=False, server_default=""),
    Column("note", Words, nullable=False, server_default=""),
    Column("heard_at", UtcDateTime),
    Column("heard_by", Words, nullable=False, server_default=""),
    Index("uq_callback_call_folded", "node", "linkedid", unique=True, sqlite_where=_FOLDED, postgresql_where=_FOLDED),
    Index(None, "node", "linkedid"),
    Index(None, "callback_id", "reason"),
)

#: Tries to call back. `outcome`: a word of `dial.outcome`, by hand too. `dial_id`: of a call that was dialled here.
callback_try = Table(
    "callback_try",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("callback_id", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("by", Words, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("note", Words, nullable=False, server_default=""),
    Column("next_try_at", UtcDateTime),
    Column("dial_id", BigInteger),
    Index(None, "callback_id"),
)
