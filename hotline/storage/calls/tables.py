"""The tables of calls."""

from __future__ import annotations

from sqlalchemy import Column, Float, Index, Integer, String, Table, UniqueConstraint, text

from hotline.storage.base import GrowingId, metadata
from hotline.storage.calls.detail import CallDetail
from hotline.storage.number_parts import number_parts
from hotline.storage.types import PhoneNumber, UtcDateTime, Words

#: The few calls whose number is the system's to know, and nobody's to see.
_KEPT_BACK = text("caller_kept_back != ''")

#: What the ledger is filtered by stands in its index: it counts and turns pages without reading a row that it does not
#: show, and a row is long.
_FILTERED = ("direction", "line", "outcome", "answered_by", "ended_at", "caller_number", "caller_original")


#: The ledger: one row a call, rewritten whole each time its events are folded. `detail` is the whole record
#: (hotline.domain.calls.call.Call); the columns beside it are what is filtered, sorted and summed. `counts_as` and
#: `answer_rings`: what the call brings to the figures (hotline.domain.floor.figures); "" is nothing.
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
    Index("ix_call_ledger", "started_at", "id", *_FILTERED),
    Index(None, "caller_number", "started_at"),
    Index("ix_call_kept_back", "caller_kept_back", sqlite_where=_KEPT_BACK, postgresql_where=_KEPT_BACK),
    Index("ix_call_outcome_ledger", "outcome", "started_at", "id", "direction", "line", "answered_by"),
    Index("ix_call_line_ledger", "line", "started_at", "id", "direction", "outcome", "answered_by"),
    Index("ix_call_answered_by_ledger", "answered_by", "started_at", "id", "direction", "line", "outcome"),
    Index(None, "ended_at"),
    Index(None, "updated_at"),
)
CALLERS = number_parts(call, "caller_number", "caller_original")


#: What CEL does not hold (hotline.domain.calls.events.Fact), kept so that folding again gives the same row.
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


#: Until when every call of a node stands in the ledger as the CEL database has it.
listener_checkpoint = Table(
    "listener_checkpoint", metadata, Column("node", Words, primary_key=True), Column("at", UtcDateTime, nullable=False)
)
