"""The tables of hiring."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table

from hotline.storage.base import metadata, one_open
from hotline.storage.types import UtcDateTime, Words

#: Who leaves when, and who takes over; see hotline.domain.hiring.leaving.
leaving = Table(
    "leaving",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("username", Words, nullable=False),
    Column("extension", Words, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("successor", Words, nullable=False),
    Column("asked_by", Words, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("done_at", UtcDateTime),
    Index(None, "done_at", "at"),
    one_open("uq_leaving_open", "done_at", "extension"),
)
