"""The tables of scheduled reports."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, UniqueConstraint

from hotline.storage.base import metadata
from hotline.storage.types import Json, UtcDateTime, Words

#: Until when reports of a kind are made: when the last one was due. Whoever moves it makes the report.
report_schedule = Table(
    "report_schedule",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("last_due_at", UtcDateTime, nullable=False),
)

#: A report that was made. person_id: whose, 0 for one of all. content: figures and ids as they were then; what a caller
#: said or is stands in the rows that it names, and goes with them. sha256: of content and rows. made_by: "" by itself.
made_report = Table(
    "made_report",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("person_id", Integer, nullable=False),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("made_by", Words, nullable=False, server_default=""),
    Column("content", Json, nullable=False),
    Column("sha256", String(64), nullable=False),
    UniqueConstraint("kind", "person_id", "starts_at", "ends_at"),
    Index(None, "person_id", "kind", "ends_at"),
    Index(None, "made_at"),
)

#: To whom a report went. deputy_for: in whose place. state: told, foreign.
report_recipient = Table(
    "report_recipient",
    metadata,
    Column("report_id", Integer, primary_key=True),
    Column("person_id", Integer, primary_key=True),
    Column("deputy_for", Integer),
    Column("told_at", UtcDateTime, nullable=False),
    Column("state", String(16), nullable=False),
    Column("opened_at", UtcDateTime),
    Index(None, "person_id", "told_at"),
)

#: F12: what a person says of the details of their calls. answer: confirmed, objected; decision: what was said to it.
details_answer = Table(
    "details_answer",
    metadata,
    Column("report_id", Integer, primary_key=True),
    Column("answer", String(16), nullable=False),
    Column("words", Words, nullable=False, server_default=""),
    Column("answered_at", UtcDateTime, nullable=False),
    Column("decision", Words, nullable=False, server_default=""),
    Column("decided_by", Words, nullable=False, server_default=""),
    Column("decided_at", UtcDateTime),
)

#: F1: what a person writes of their own day, week or month. span: day, week, month; first: its first day, 2026-11-16.
work_summary = Table(
    "work_summary",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", Integer, nullable=False),
    Column("span", String(8), nullable=False),
    Column("first", String(10), nullable=False),
    Column("work", Words, nullable=False),
    Column("problems", Words, nullable=False, server_default=""),
    Column("better", Words, nullable=False, server_default=""),
    Column("written_at", UtcDateTime, nullable=False),
    Column("read_by", Words, nullable=False, server_default=""),
    Column("read_at", UtcDateTime),
    Column("reply", Words, nullable=False, server_default=""),
    UniqueConstraint("person_id", "span", "first"),
    Index(None, "first", "span"),
)
