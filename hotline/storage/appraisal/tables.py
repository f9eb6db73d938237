"""The tables of the monthly appraisal (F3, F5)."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text, UniqueConstraint, text

from hotline.storage.base import metadata, one_open
from hotline.storage.types import Json, UtcDateTime, Words

_UNDECIDED = text("decided_at IS NULL")
_WAITING = text("closed_at IS NULL AND reopened_at IS NULL")

#: A team's month as it was signed. content: its figures, as the canonical JSON that sha256 is of (text, since a
#: database writes JSON its own way); never changed. team_id 0: of those who belong to no team.
appraisal_month = Table(
    "appraisal_month",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("month", String(8), nullable=False),
    Column("team_id", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("content", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("signed_by", Words, nullable=False),
    Column("signed_at", UtcDateTime, nullable=False),
    Column("closed_by", Words, nullable=False, server_default=""),
    Column("closed_at", UtcDateTime),
    Column("reopened_by", Words, nullable=False, server_default=""),
    Column("reopened_at", UtcDateTime),
    Column("reopen_reason", Words, nullable=False, server_default=""),
    UniqueConstraint("month", "team_id", "version"),
    Index("ix_appraisal_month_to_close", "team_id", sqlite_where=_WAITING, postgresql_where=_WAITING),
)

#: Data of a month that an examiner declares falsified: of a person, or (person_id 0) of the team.
appraisal_falsified = Table(
    "appraisal_falsified",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("month", String(8), nullable=False),
    Column("team_id", Integer, nullable=False),
    Column("person_id", Integer, nullable=False),
    Column("evidence", Json, nullable=False),
    Column("note", Words, nullable=False),
    Column("declared_by", Words, nullable=False),
    Column("declared_at", UtcDateTime, nullable=False),
    Column("withdrawn_by", Words, nullable=False, server_default=""),
    Column("withdrawn_at", UtcDateTime),
    one_open("uq_appraisal_falsified", "withdrawn_at", "month", "team_id", "person_id"),
)

#: What somebody says against a figure of theirs. about: the item, or "falsified".
appraisal_objection = Table(
    "appraisal_objection",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("month", String(8), nullable=False),
    Column("person_id", Integer, nullable=False),
    Column("about", String(32), nullable=False),
    Column("reason", Words, nullable=False),
    Column("made_by", Words, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("decision", String(16)),
    Column("note", Words, nullable=False, server_default=""),
    Column("decided_by", Words, nullable=False, server_default=""),
    Column("decided_at", UtcDateTime),
    UniqueConstraint("month", "person_id", "about"),
    Index("ix_appraisal_objection_open", "due_at", sqlite_where=_UNDECIDED, postgresql_where=_UNDECIDED),
)
