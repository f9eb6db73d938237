"""The tables of staffing."""

from __future__ import annotations

from sqlalchemy import Column, Float, Integer, Table, UniqueConstraint

from hotline.storage.base import metadata
from hotline.storage.types import UtcDateTime, Words

#: What a new site expects of a line ("": of all): calls by half hour (0 from 00:00) of each kind of day
#: (hotline.domain.staffing.days.LikeDay).
typed_volume = Table(
    "typed_volume",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("line", Words, nullable=False),
    Column("like_day", Integer, nullable=False),
    Column("slot", Integer, nullable=False),
    Column("calls", Float, nullable=False),
    UniqueConstraint("line", "like_day", "slot"),
)


#: A day of the past that says nothing of days to come, by a supervisor's word. `day_at`: its midnight in Shanghai.
left_out_day = Table(
    "left_out_day",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("line", Words, nullable=False),
    Column("day_at", UtcDateTime, nullable=False),
    Column("why", Words, nullable=False),
    Column("left_out_by", Words, nullable=False),
    Column("left_out_at", UtcDateTime, nullable=False),
    UniqueConstraint("line", "day_at"),
)
