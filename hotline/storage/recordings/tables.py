"""The tables of recordings."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, Index, Integer, String, Table, UniqueConstraint, text

from hotline.storage.base import GrowingId, metadata
from hotline.storage.types import Json, StoredReason, UtcDateTime, Words

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
    Column("problem", StoredReason),
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


#: One a recording and channel (0 the caller, 1 our side). state: pending, done, failed. `words`: [text, from, to,
#: confidence] each, in seconds from the recording's begin. `lent_until`: until then a worker has it, or it waits.
transcript = Table(
    "transcript",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("recording_id", BigInteger, nullable=False),
    Column("channel", Integer, nullable=False),
    Column("state", String(8), nullable=False),
    Column("priority", Integer, nullable=False),
    Column("engine", Words, nullable=False, server_default=""),
    Column("model", Words, nullable=False, server_default=""),
    Column("text", Words, nullable=False, server_default=""),
    Column("words", Json),
    Column("confidence", Float),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("problem", StoredReason, nullable=False, server_default=""),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime),
    Column("lent_until", UtcDateTime),
    Column("lent_to", Words, nullable=False, server_default=""),
    UniqueConstraint("recording_id", "channel"),
    Index(None, "state", "priority"),
    Index(None, "state", "finished_at"),
)
