"""The tables of the notice board."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, Table, UniqueConstraint

from hotline.storage.base import metadata
from hotline.storage.types import UtcDateTime, Words

#: What is posted. `read_by_at`: until when it is to be read; `before_ready`: nobody whom it is for is ready before.
bulletin = Table(
    "bulletin",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("title", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("posted_by", Words, nullable=False),
    Column("posted_at", UtcDateTime, nullable=False),
    Column("read_by_at", UtcDateTime),
    Column("before_ready", Boolean, nullable=False),
    Column("for_all", Boolean, nullable=False),
    Column("withdrawn_at", UtcDateTime),
    Column("withdrawn_by", Words, nullable=False, server_default=""),
    Index(None, "withdrawn_at", "posted_at"),
)


#: Whom it is for: a person, or a team or department with whoever belongs to it.
bulletin_addressee = Table(
    "bulletin_addressee",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("bulletin_id", Integer, nullable=False),
    Column("person_id", Integer),
    Column("unit_id", Integer),
    Index(None, "bulletin_id"),
)


bulletin_reading = Table(
    "bulletin_reading",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("bulletin_id", Integer, nullable=False),
    Column("person_id", Integer, nullable=False),
    Column("read_at", UtcDateTime, nullable=False),
    UniqueConstraint("bulletin_id", "person_id"),
    Index(None, "person_id"),
)
