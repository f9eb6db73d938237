"""The tables of the first hour."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table

from hotline.storage.base import metadata
from hotline.storage.types import StoredReason, UtcDateTime, Words

#: What `hotline check` found when it last looked, in its order. level: ok, warning, failed. advice "": it is well.
check_finding = Table(
    "check_finding",
    metadata,
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("level", String(8), nullable=False),
    Column("what", Words, nullable=False),
    Column("detail", StoredReason, nullable=False),
    Column("advice", StoredReason, nullable=False, server_default=""),
    Column("found_at", UtcDateTime, nullable=False),
)


#: Steps of the set-up that somebody left out; `all`: the assistant opens by itself no more.
set_up_mark = Table(
    "set_up_mark",
    metadata,
    Column("step", String(16), primary_key=True),
    Column("marked_by", Words, nullable=False),
    Column("marked_at", UtcDateTime, nullable=False),
)
