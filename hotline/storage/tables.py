"""Tables that all features share."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, UniqueConstraint

from hotline.storage.base import GrowingId, metadata, one_open
from hotline.storage.types import Json, UtcDateTime, Words

#: What must be pushed, written in the same transaction as what it tells of; browsers resume by id.
outbox = Table(
    "outbox",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("topic", String(32), nullable=False),
    Column("payload", Json, nullable=False),
    Index(None, "at"),
    sqlite_autoincrement=True,
)


#: An alert: something that somebody has to attend to. One open alert a kind and object. `detail` is
#: for the log; `arguments` hold {"reason": code and values}, which is said in the reader's language.
alert = Table(
    "alert",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("object", Words, nullable=False, server_default=""),
    Column("detail", Words, nullable=False),
    Column("arguments", Json, nullable=False, server_default="{}"),
    Column("raised_at", UtcDateTime, nullable=False),
    Column("cleared_at", UtcDateTime),
    one_open("uq_alert_open", "cleared_at", "kind", "object"),
)


#: Who holds a duty that only one process in the whole system may have (the scheduler).
lease = Table(
    "lease",
    metadata,
    Column("name", Words, primary_key=True),
    Column("holder", Words, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
)


#: A job's run claims its slot: no slot is run twice.
job_run = Table(
    "job_run",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("job", Words, nullable=False),
    Column("slot", Words, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    UniqueConstraint("job", "slot"),
    Index(None, "started_at"),
)


#: What was done to a thing that passes through states (hotline.domain.workflow); before: "" it began with this.
workflow_step = Table(
    "workflow_step",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("subject", String(32), nullable=False),
    Column("subject_id", BigInteger, nullable=False),
    Column("act", String(32), nullable=False),
    Column("before", String(32), nullable=False),
    Column("after", String(32), nullable=False),
    Column("by", Words, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("given", Json, nullable=False),
    Index(None, "subject", "subject_id"),
)
