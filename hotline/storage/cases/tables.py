"""The tables of cases."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table

from hotline.storage.base import GrowingId, metadata, one_open
from hotline.storage.types import PhoneNumber, UtcDateTime, Words

#: A complaint or request that needs more than the call. kind: complaint, request. state: open, closed.
service_case = Table(
    "service_case",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("number", Words, nullable=False, unique=True),
    Column("kind", String(16), nullable=False),
    Column("form_id", Integer),
    Column("customer_id", Integer),
    Column("caller_number", PhoneNumber, nullable=False, server_default=""),
    Column("title", Words, nullable=False),
    Column("content", Words, nullable=False, server_default=""),
    Column("owner", Words, nullable=False),
    Column("state", String(16), nullable=False),
    Column("opened_by", Words, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("closed_at", UtcDateTime),
    Column("closed_by", Words, nullable=False, server_default=""),
    Column("result", Words, nullable=False, server_default=""),
    Index(None, "customer_id", "state"),
    Index(None, "caller_number", "state"),
    Index(None, "state", "opened_at"),
    Index(None, "form_id"),
)


#: A15: an operator asks that a nuisance caller be blocked; a supervisor decides. decision: approved, refused.
block_request = Table(
    "block_request",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", PhoneNumber, nullable=False),
    Column("node", Words, nullable=False, server_default=""),
    Column("linkedid", Words, nullable=False, server_default=""),
    Column("reason", Words, nullable=False),
    Column("expires_at", UtcDateTime),
    Column("asked_by", Words, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("decision", String(16)),
    Column("decided_by", Words, nullable=False, server_default=""),
    Column("decided_at", UtcDateTime),
    Column("note", Words, nullable=False, server_default=""),
    one_open("uq_block_request_open", "decided_at", "number"),
)
