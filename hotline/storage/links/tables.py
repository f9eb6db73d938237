"""The table of links."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, String, Table

from hotline.storage.base import GrowingId, metadata
from hotline.storage.types import UtcDateTime, Words

#: Ways in without an account. Only the SHA-256 of a link's token is kept. `object`: what it leads to, "form:12".
#: `opened_with`: SHA-256 of what the first browser was given; where the link is bound to one, no other gets in.
link = Table(
    "link",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("token_sha256", String(64), nullable=False, unique=True),
    Column("purpose", String(16), nullable=False),
    Column("object", Words, nullable=False),
    Column("holder_kind", String(16), nullable=False),
    Column("holder_id", Integer),
    Column("holder_name", Words, nullable=False, server_default=""),
    Column("one_use", Boolean, nullable=False),
    Column("one_browser", Boolean, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("created_by", Words, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("opened_at", UtcDateTime),
    Column("opened_with", String(64), nullable=False, server_default=""),
    Column("used_at", UtcDateTime),
    Column("revoked_at", UtcDateTime),
    Column("revoked_by", Words, nullable=False, server_default=""),
    Index(None, "object"),
    Index(None, "holder_kind", "holder_id"),
    Index(None, "expires_at"),
)
