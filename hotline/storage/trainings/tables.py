"""The tables of trainings."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, Index, Integer, String, Table, UniqueConstraint

from hotline.storage.base import metadata
from hotline.storage.types import Json, UtcDateTime, Words

#: A training or an exam. `queues`: whoever takes calls of one of these needs it; `for_all`: every operator does.
#: `valid_months` and `pass_points` empty: for ever, and without points.
training = Table(
    "training",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Words, nullable=False, unique=True),
    Column("kind", String(16), nullable=False),
    Column("subject", Words, nullable=False, server_default=""),
    Column("valid_months", Integer),
    Column("pass_points", Float),
    Column("for_all", Boolean, nullable=False),
    Column("queues", Json, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("updated_by", Words, nullable=False),
)


#: `taken_at`: midnight in Shanghai of the day on which it was; `valid_until`: it counts before this, empty: for ever.
training_result = Table(
    "training_result",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("training_id", Integer, nullable=False),
    Column("person_id", Integer, nullable=False),
    Column("taken_at", UtcDateTime, nullable=False),
    Column("points", Float),
    Column("passed", Boolean, nullable=False),
    Column("valid_until", UtcDateTime),
    Column("note", Words, nullable=False, server_default=""),
    Column("entered_by", Words, nullable=False),
    Column("entered_at", UtcDateTime, nullable=False),
    UniqueConstraint("training_id", "person_id", "taken_at"),
    Index(None, "person_id"),
)
