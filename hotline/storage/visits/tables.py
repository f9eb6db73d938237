"""The tables of return visits."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, Index, Integer, String, Table, literal_column, text

from hotline.storage.base import GrowingId, metadata
from hotline.storage.types import Json, PhoneNumber, UtcDateTime, Words

_OPEN, _CLOSED = text("state = 'open'"), text("state <> 'open'")
_KEYED = text("key IS NOT NULL")
_OF_CALL = text("linkedid <> ''")

#: Visits that we owe, and those that were made (E1). origin: case, project, campaign, new_customer, rating, by_hand,
#: and subject_id the id of that thing. way: call, sms, mail, link, on_site. state: open, done, dropped. ending:
#: answered, refused, not_reached, wrong_number, not_wanted, not_owed. result: satisfied, so_so, not_satisfied. due_at:
#: a copy.
visit = Table(
    "visit",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("origin", String(16), nullable=False),
    Column("subject_id", BigInteger),
    Column("purpose", Words, nullable=False, server_default=""),
    Column("customer_id", Integer),
    Column("name", Words, nullable=False, server_default=""),
    Column("number", PhoneNumber, nullable=False, server_default=""),
    Column("line", Words, nullable=False, server_default=""),
    Column("way", String(16), nullable=False, server_default="call"),
    Column("state", String(16), nullable=False, server_default="open"),
    Column("begins_at", UtcDateTime, nullable=False),
    Column("planned_at", UtcDateTime, nullable=False),
    Column("planned_by", Words, nullable=False, server_default=""),
    Column("days", Integer, nullable=False, server_default="3"),
    Column("due_by", UtcDateTime),
    Column("due_at", UtcDateTime, nullable=False),
    Column("unmoved_at", UtcDateTime),
    Column("not_before", UtcDateTime),
    Column("agreed_at", UtcDateTime),
    Column("call_at", UtcDateTime),
    Column("next_try_at", UtcDateTime),
    Column("visitor", Words, nullable=False, server_default=""),
    Column("assigned_at", UtcDateTime),
    Column("barred", Json, nullable=False, server_default="[]"),
    Column("about", Words, nullable=False, server_default=""),
    Column("weight", Integer, nullable=False, server_default="1"),
    Column("escalated", Integer, nullable=False, server_default="0"),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("last_tried_at", UtcDateTime),
    Column("closed_at", UtcDateTime),
    Column("closed_by", Words, nullable=False, server_default=""),
    Column("ending", String(16), nullable=False, server_default=""),
    Column("result", String(16), nullable=False, server_default=""),
    Column("with_what", Words, nullable=False, server_default=""),
    Column("content", Words, nullable=False, server_default=""),
    Column("problems", Words, nullable=False, server_default=""),
    Column("answers", Json, nullable=False, server_default="{}"),
    Column("asked", Integer, nullable=False, server_default="0"),
    Column("seconds", Float, nullable=False, server_default="0"),
    Column("node", Words, nullable=False, server_default=""),
    Column("linkedid", Words, nullable=False, server_default=""),
    Column("opened_case_id", BigInteger),
    Column("questionnaire", Words, nullable=False, server_default=""),
    Column("key", Words),
    Column("revision", Integer, nullable=False, server_default="1"),
    Index("uq_visit_key", "key", unique=True, sqlite_where=_KEYED, postgresql_where=_KEYED),
    Index("ix_visit_due", "due_at", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
    Index("ix_visit_visitor", "visitor", "due_at", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
    Index("ix_visit_closed", "closed_at", "id", sqlite_where=_CLOSED, postgresql_where=_CLOSED),
    Index("ix_visit_closed_by", "visitor", "closed_at", "id", sqlite_where=_CLOSED, postgresql_where=_CLOSED),
    Index("ix_visit_origin_due", "origin", "due_at", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
    Index("ix_visit_origin_closed", "origin", "closed_at", "id", sqlite_where=_CLOSED, postgresql_where=_CLOSED),
    Index("ix_visit_newest", "planned_at", "id"),
    Index("ix_visit_call", "linkedid", sqlite_where=_OF_CALL, postgresql_where=_OF_CALL),
    Index(None, "visitor", "assigned_at"),
    Index(None, "origin", "subject_id", "id"),
    Index(None, "number", "state"),
    Index(None, "customer_id", "state"),
)

#: As the partial indexes say it: SQLite takes one only where the question says the same, without parameters.
IS_OPEN = visit.c.state == literal_column("'open'")
IS_CLOSED = visit.c.state != literal_column("'open'")

#: Tries to make one. outcome: a word of dial.outcome; by other ways sent or gone. dial_id: of a call dialled here.
visit_try = Table(
    "visit_try",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("visit_id", BigInteger, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("by", Words, nullable=False),
    Column("way", String(16), nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("note", Words, nullable=False, server_default=""),
    Column("next_try_at", UtcDateTime),
    Column("dial_id", BigInteger),
    Index(None, "visit_id"),
)
