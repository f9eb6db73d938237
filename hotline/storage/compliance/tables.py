"""The table of signatures (F5)."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table

from hotline.storage.base import metadata
from hotline.storage.immutable import make_immutable
from hotline.storage.types import Json, UtcDateTime, Words

#: Who signed the figures of which days (2026-11-01), and what they were: by rule kept, broken, not applicable, not
#: judged. `digest`: their SHA-256. Rows are only added: whoever signs again does so beside the old one.
report_signature = Table(
    "report_signature",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("first_day", String(10), nullable=False),
    Column("last_day", String(10), nullable=False),
    Column("figures", Json, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("signed_by", Words, nullable=False),
    Column("signed_at", UtcDateTime, nullable=False),
    Index(None, "first_day", "last_day"),
)
make_immutable(report_signature)
