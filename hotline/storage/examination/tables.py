"""The tables of examination."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Float, Index, Integer, String, Table, UniqueConstraint

from hotline.storage.base import GrowingId, metadata, one_open
from hotline.storage.types import Json, UtcDateTime, Words

#: A draw of calls to examine (E6): its seed, from how many, and which, so that it can be done again.
sample_draw = Table(
    "sample_draw",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("period", String(16), nullable=False),
    Column("seed", Words, nullable=False),
    Column("plan", Json, nullable=False),
    Column("candidates", Integer, nullable=False),
    Column("drawn", Json, nullable=False),
    Column("drawn_by", Words, nullable=False),
    Column("drawn_at", UtcDateTime, nullable=False),
    UniqueConstraint("period"),
)


#: A call to be examined or examined. why: sample, complaint, low_score, chosen, recheck, calibration, appeal.
#: state: assigned, done, appealed, decided.
examination = Table(
    "examination",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("node", Words, nullable=False),
    Column("linkedid", Words, nullable=False),
    Column("extension", Words, nullable=False),
    Column("called_at", UtcDateTime, nullable=False),
    Column("why", String(16), nullable=False),
    Column("draw_id", Integer),
    Column("calibration_id", Integer),
    Column("score_form_id", Integer, nullable=False),
    Column("examiner", Words, nullable=False),
    Column("state", String(16), nullable=False),
    Column("version", Integer, nullable=False),
    Column("points", Json, nullable=False),
    Column("score", Float),
    Column("passed", Boolean),
    Column("remark", Words, nullable=False, server_default=""),
    Column("assigned_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime),
    Column("done_at", UtcDateTime),
    Column("seen_by_operator_at", UtcDateTime),
    Index(None, "node", "linkedid"),
    Index(None, "examiner", "state"),
    Index(None, "extension", "called_at"),
    Index(None, "draw_id"),
    Index(None, "calibration_id"),
)


examination_comment = Table(
    "examination_comment",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("examination_id", BigInteger, nullable=False),
    Column("second", Float),
    Column("text", Words, nullable=False),
    Column("written_by", Words, nullable=False),
    Column("written_at", UtcDateTime, nullable=False),
    Index(None, "examination_id"),
)


#: The operator disagrees; another examiner decides. decision: upheld (the score stays), changed. items: ids of the
#: contested ones; none: the result as a whole.
appeal = Table(
    "appeal",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("examination_id", BigInteger, nullable=False, unique=True),
    Column("reason", Words, nullable=False),
    Column("appealed_by", Words, nullable=False),
    Column("appealed_at", UtcDateTime, nullable=False),
    Column("decision", String(16)),
    Column("points", Json),
    Column("score", Float),
    Column("note", Words, nullable=False, server_default=""),
    Column("decided_by", Words, nullable=False, server_default=""),
    Column("decided_at", UtcDateTime),
    Column("items", Json, nullable=False, server_default="[]"),
)


#: Several examiners score one call; the spread is looked at when it is closed.
calibration = Table(
    "calibration",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("node", Words, nullable=False),
    Column("linkedid", Words, nullable=False),
    Column("score_form_id", Integer, nullable=False),
    Column("title", Words, nullable=False),
    Column("called_by", Words, nullable=False),
    Column("called_at", UtcDateTime, nullable=False),
    Column("closed_at", UtcDateTime),
    Column("conclusion", Words, nullable=False, server_default=""),
)


#: E6: an order to mend something, until it was checked again. state: issued, done, confirmed, repeated.
rectification = Table(
    "rectification",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("extension", Words, nullable=False),
    Column("examination_id", BigInteger),
    Column("text", Words, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("issued_by", Words, nullable=False),
    Column("issued_at", UtcDateTime, nullable=False),
    Column("state", String(16), nullable=False),
    Column("done_note", Words, nullable=False, server_default=""),
    Column("done_at", UtcDateTime),
    Column("checked_by", Words, nullable=False, server_default=""),
    Column("checked_at", UtcDateTime),
    Column("check_note", Words, nullable=False, server_default=""),
    Index(None, "state", "due_at"),
    Index(None, "extension"),
)


#: F9: a call, or a part of it, shown in training, without the customer's data; `caller_silenced`: nor their voice.
example_call = Table(
    "example_call",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("node", Words, nullable=False),
    Column("linkedid", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("lesson", Words, nullable=False),
    Column("from_second", Float),
    Column("to_second", Float),
    Column("caller_silenced", Boolean, nullable=False),
    Column("caller_reason", Words, nullable=False, server_default=""),
    Column("marked_by", Words, nullable=False),
    Column("marked_at", UtcDateTime, nullable=False),
    Column("removed_at", UtcDateTime),
    one_open("uq_example_call_open", "removed_at", "node", "linkedid"),
)
