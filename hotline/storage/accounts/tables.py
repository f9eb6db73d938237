"""The tables of accounts."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, String, Table

from hotline.storage.base import GrowingId, metadata, one_open
from hotline.storage.immutable import make_immutable
from hotline.storage.types import Json, UtcDateTime, Words

user = Table(
    "user_account",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("username", Words, nullable=False, unique=True),
    Column("display_name", Words, nullable=False),
    Column("password_hash", Words, nullable=False),
    Column("roles", Json, nullable=False),
    Column("must_change_password", Boolean, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("extension", Words, unique=True),
    Column("expires_at", UtcDateTime),
)


#: Who is signed in where. Only the SHA-256 of what the browser holds is kept; a row with `ended_at` lets nobody in.
user_session = Table(
    "user_session",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("token_sha256", String(64), nullable=False, unique=True),
    Column("user_id", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("active_at", UtcDateTime),
    Column("address", Words, nullable=False),
    Column("agent", Words, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("ended_by", Words, nullable=False, server_default=""),
    Column("ended_why", Words, nullable=False, server_default=""),
    Index(None, "user_id", "ended_at"),
)


#: How often somebody guessed within a window of time; a row a kind, subject and window, forgotten soon.
attempt = Table(
    "attempt",
    metadata,
    Column("kind", String(24), primary_key=True),
    Column("subject", Words, primary_key=True),
    Column("began_at", UtcDateTime, primary_key=True),
    Column("count", Integer, nullable=False),
    Index(None, "began_at"),
)


#: Bearer tokens of the API; only the SHA-256 of each is kept.
api_token = Table(
    "api_token",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Words, nullable=False),
    Column("roles", Json, nullable=False, server_default='["examiner"]'),
    Column("token_sha256", String(64), nullable=False, unique=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("last_used_at", UtcDateTime),
    Column("revoked_at", UtcDateTime),
    Column("expires_at", UtcDateTime),
    one_open("uq_api_token_valid_name", "revoked_at", "name"),
)


#: Who saw, played, exported or changed what (F8). Triggers refuse every change of a row and every deletion; `hash`
#: covers the row and the hash of the one before, so that what was changed behind the triggers' back is found.
audit_log = Table(
    "audit_log",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("who", Words, nullable=False),
    Column("action", String(32), nullable=False),
    Column("object", Words, nullable=False),
    Column("detail", Words, nullable=False, server_default=""),
    Column("hash", String(64), nullable=False, server_default=""),
    Index(None, "at"),
    Index(None, "object", "at"),
)


make_immutable(audit_log)
