"""Calls and what belongs to them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Float, Index, Integer, String, Table, UniqueConstraint, false, text

from hotline.storage.tables.base import GrowingId, metadata
from hotline.storage.types import CallDetail, Json, PhoneNumber, UtcDateTime, Words

#: The few calls whose number is the system's to know, and nobody's to see.
_KEPT_BACK = text("caller_kept_back != ''")

#: The ledger: one row a call, rewritten whole each time its events are folded. `detail` is the whole record
#: (hotline.domain.call.Call); the columns beside it are what is filtered, sorted and summed. `counts_as` and
#: `answer_rings`: what the call brings to the figures (hotline.domain.figures); "" is nothing.
call = Table(
    "call",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("node", Words, nullable=False),
    Column("linkedid", Words, nullable=False),
    Column("direction", String(16), nullable=False),
    Column("line", Words, nullable=False),
    Column("dialled", Words, nullable=False),
    Column("caller_number", PhoneNumber, nullable=False),
    Column("caller_kept_back", PhoneNumber, nullable=False, server_default=""),
    Column("caller_original", Words, nullable=False),
    Column("caller_name", Words, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("answered_at", UtcDateTime),
    Column("ended_at", UtcDateTime),
    Column("outcome", String(32)),
    Column("answered_by_kind", String(16)),
    Column("answered_by", Words),
    Column("wait_seconds", Float, nullable=False),
    Column("ring_seconds", Float, nullable=False),
    Column("talk_seconds", Float, nullable=False),
    Column("hold_seconds", Float, nullable=False),
    Column("counts_as", String(16), nullable=False, server_default=""),
    Column("answer_rings", Integer),
    Column("detail", CallDetail, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    UniqueConstraint("node", "linkedid"),
    Index(None, "started_at"),
    Index(None, "caller_number", "started_at"),
    Index("ix_call_kept_back", "caller_kept_back", sqlite_where=_KEPT_BACK, postgresql_where=_KEPT_BACK),
    Index(None, "outcome", "started_at"),
    Index(None, "line", "started_at"),
    Index(None, "ended_at"),
)

#: What CEL does not hold (hotline.domain.events.Fact), kept so that folding again gives the same row.
call_fact = Table(
    "call_fact",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("node", Words, nullable=False),
    Column("linkedid", Words, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("channel", Words, nullable=False, server_default=""),
    UniqueConstraint("node", "linkedid", "at", "kind", "channel"),
)

#: The few among all recordings that are still to be kept.
_NOT_KEPT = text("kept_at IS NULL")

#: A recording's way from Asterisk's incoming folder to the store, and its life there. state: pending, ready, missing,
#: failed, deleted. chain_*: its place in the chain of the Shanghai day it was taken in; `chain_hash` covers the entry
#: and the hash of the one before.
recording = Table(
    "recording",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("node", Words, nullable=False),
    Column("linkedid", Words, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("source_file", Words, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("state", String(16), nullable=False),
    Column("path", Words),
    Column("seconds", Float),
    Column("size_bytes", BigInteger),
    Column("sha256", String(64)),
    Column("measures", Json),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("next_attempt_at", UtcDateTime),
    Column("problem", Words),
    Column("kept_at", UtcDateTime),
    Column("chain_day", String(10)),
    Column("chain_number", Integer),
    Column("chain_hash", String(64)),
    Column("peaks_path", Words),
    Column("deleted_at", UtcDateTime),
    UniqueConstraint("node", "linkedid", "source_file"),
    UniqueConstraint("chain_day", "chain_number"),
    Index(None, "source_file"),
    Index(None, "state", "next_attempt_at"),
    Index(None, "started_at"),
    Index("ix_recording_to_keep", "node", "started_at", sqlite_where=_NOT_KEPT, postgresql_where=_NOT_KEPT),
)

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
