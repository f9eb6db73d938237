"""The tables of floor."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table

from hotline.storage.base import metadata
from hotline.storage.types import UtcDateTime, Words

#: A screen that shows the floor without anybody signed in at it. Only the SHA-256 of its token is kept; a row with
#: `revoked_at` shows nothing any more.
wall_display = Table(
    "wall_display",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Words, nullable=False),
    Column("token_sha256", String(64), nullable=False, unique=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("created_by", Words, nullable=False),
    Column("seen_at", UtcDateTime),
    Column("revoked_at", UtcDateTime),
    Column("revoked_by", Words, nullable=False, server_default=""),
)


#: What a supervisor last did to an operator, so that the operator sees who and why. what: pause, resume, sign_out.
operator_steering = Table(
    "operator_steering",
    metadata,
    Column("extension", Words, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("what", String(16), nullable=False),
    Column("by_name", Words, nullable=False),
    Column("reason", Words, nullable=False),
)
