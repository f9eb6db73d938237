"""The tables of operators."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, String, Table

from hotline.storage.base import GrowingId, metadata
from hotline.storage.types import Json, StoredReason, UtcDateTime, Words

#: What Asterisk's queues and the calls say of an operator, as last heard. `queues`: where they are signed in, none is
#: offline. `paused`: with `reason`, a pause reason of the settings or "wrap-up". activity: idle, ringing, talking,
#: holding; `node` and `linkedid` name the call. `via`: console or phone, where they signed in; a console that was
#: not seen for the grace time is signed out.
operator_presence = Table(
    "operator_presence",
    metadata,
    Column("extension", Words, primary_key=True),
    Column("queues", Json, nullable=False),
    Column("paused", Boolean, nullable=False),
    Column("reason", Words, nullable=False, server_default=""),
    Column("since", UtcDateTime, nullable=False),
    Column("activity", String(16), nullable=False, server_default="idle"),
    Column("node", Words, nullable=False, server_default=""),
    Column("linkedid", Words, nullable=False, server_default=""),
    Column("activity_since", UtcDateTime),
    Column("wrap_up_until", UtcDateTime),
    Column("via", String(8), nullable=False, server_default=""),
    Column("console_seen_at", UtcDateTime),
    Column("reachable", Boolean, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
)


#: Each change of an operator's state, for the floor and the reports. state: offline, ready, paused, ringing, talking,
#: holding, wrap_up.
operator_state_change = Table(
    "operator_state_change",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("extension", Words, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("state", String(16), nullable=False),
    Column("reason", Words, nullable=False, server_default=""),
    Column("changed_by", Words, nullable=False, server_default=""),
    Index(None, "extension", "at"),
    Index(None, "at"),
)


#: An operator in a call asks a supervisor for help; gone when the talk is over.
raised_hand = Table(
    "raised_hand",
    metadata,
    Column("extension", Words, primary_key=True),
    Column("node", Words, nullable=False),
    Column("linkedid", Words, nullable=False),
    Column("raised_at", UtcDateTime, nullable=False),
    Column("seen_by", Words, nullable=False, server_default=""),
    Column("seen_at", UtcDateTime),
)


#: A12: each passing on of a caller, with the consent asked and the reason given. kind: blind, attended. to_kind:
#: operator (to_id: extension) or person (to_id: id in the directory). state: begun, done, returned, cancelled, failed.
call_transfer = Table(
    "call_transfer",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("node", Words, nullable=False),
    Column("linkedid", Words, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("from_extension", Words, nullable=False),
    Column("to_kind", String(16), nullable=False),
    Column("to_id", Words, nullable=False),
    Column("to_name", Words, nullable=False),
    Column("consent", Boolean, nullable=False),
    Column("reason", Words, nullable=False),
    Column("state", String(16), nullable=False),
    Column("problem", StoredReason, nullable=False, server_default=""),
    Index(None, "node", "linkedid"),
)
