"""The tables of the jobs' runs."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table

from hotline.storage.base import GrowingId, metadata
from hotline.storage.types import StoredReason, UtcDateTime, Words

#: Runs of a job that came to the same, one after another within an hour; one that did something or failed by itself.
#: ended_at NULL: it still runs. slowest_ms: of the runs. said: what it did. asked_by: who had it run by hand.
job_outcome = Table(
    "job_outcome",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("job", Words, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("runs", Integer, nullable=False, server_default="1"),
    Column("slowest_ms", Integer, nullable=False, server_default="0"),
    Column("said", StoredReason, nullable=False, server_default=""),
    Column("problem", StoredReason, nullable=False, server_default=""),
    Column("asked_by", Words, nullable=False, server_default=""),
    Index(None, "job", "started_at"),
)

#: A job that somebody wants to be run now; the scheduler takes it within seconds.
job_wish = Table(
    "job_wish",
    metadata,
    Column("job", Words, primary_key=True),
    Column("asked_by", Words, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
)

#: Which jobs the scheduler has, and every how many seconds each comes; written when it starts.
job_known = Table(
    "job_known", metadata, Column("job", Words, primary_key=True), Column("seconds", Integer, nullable=False)
)
