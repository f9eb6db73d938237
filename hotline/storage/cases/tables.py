"""The tables of cases."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    literal_column,
    text,
)

from hotline.storage.base import GrowingId, metadata, one_open
from hotline.storage.number_parts import number_parts
from hotline.storage.types import Json, PhoneNumber, UtcDateTime, Words

_OPEN = text("state = 'open'")
_OFFERED = text("offered_to <> ''")
_WAITING = text("state = 'open' AND waiting <> ''")
_TO_ESCALATE = text("state = 'open' AND escalated < 2")
_MERGED = text("merged_into IS NOT NULL")
_TO_SEND = text("state = 'waiting'")
_CHILD = text("parent_id IS NOT NULL")
_UNCOUNTED = text("state = 'closed' AND solved_in_ms IS NULL")


#: What needs more than the call. kind, version: a definition of the kind "case_kind"; stage: one of its stages. state:
#: open, closed, merged. due_at: the earliest of its open deadlines, a copy. about: the user name of whom it is about.
#: solved_in_ms: the working time from opened to closed, by the calendar of then; NULL while it is open or not counted.
service_case = Table(
    "service_case",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("number", Words, nullable=False, unique=True),
    Column("kind", String(32), nullable=False),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("stage", String(32), nullable=False, server_default=""),
    Column("form_id", Integer),
    Column("customer_id", Integer),
    Column("caller_number", PhoneNumber, nullable=False, server_default=""),
    Column("title", Words, nullable=False),
    Column("content", Words, nullable=False, server_default=""),
    Column("owner", Words, nullable=False),
    Column("state", String(16), nullable=False),
    Column("opened_by", Words, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("closed_at", UtcDateTime),
    Column("closed_by", Words, nullable=False, server_default=""),
    Column("result", Words, nullable=False, server_default=""),
    Column("department_id", Integer),
    Column("subject", Words, nullable=False, server_default=""),
    Column("region", Words, nullable=False, server_default=""),
    Column("channel", String(32), nullable=False, server_default="hotline"),
    Column("priority", String(16), nullable=False, server_default="usual"),
    Column("complexity", String(16), nullable=False, server_default="simple"),
    Column("demand", Integer, nullable=False, server_default="0"),
    Column("loss", Integer, nullable=False, server_default="0"),
    Column("spread", Integer, nullable=False, server_default="0"),
    Column("severity", String(16), nullable=False, server_default=""),
    Column("repeats", Integer, nullable=False, server_default="0"),
    Column("about", Words, nullable=False, server_default=""),
    Column("offered_to", Words, nullable=False, server_default=""),
    Column("parent_id", BigInteger),
    Column("merged_into", BigInteger),
    Column("values", Json, nullable=False, server_default="{}"),
    Column("waiting", Words, nullable=False, server_default=""),
    Column("asked_first", Integer, nullable=False, server_default="0"),
    Column("due_at", UtcDateTime),
    Column("revision", Integer, nullable=False, server_default="1"),
    Column("escalated", Integer, nullable=False, server_default="0"),
    Column("solved_in_ms", BigInteger),
    Index(None, "customer_id", "state"),
    Index(None, "caller_number", "state"),
    Index("ix_service_case_newest", "opened_at", "id"),
    Index(None, "form_id"),
    Index(None, "closed_at"),
    Index("ix_service_case_due", "due_at", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
    Index("ix_service_case_owner", "owner", "due_at", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
    Index("ix_service_case_department", "department_id", "due_at", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
    Index("ix_service_case_stage", "kind", "stage", "due_at", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
    Index("ix_service_case_escalation", "due_at", "id", sqlite_where=_TO_ESCALATE, postgresql_where=_TO_ESCALATE),
    Index("ix_service_case_offered_to", "offered_to", sqlite_where=_OFFERED, postgresql_where=_OFFERED),
    Index("ix_service_case_waiting", "due_at", "id", sqlite_where=_WAITING, postgresql_where=_WAITING),
    Index("ix_service_case_uncounted", "id", sqlite_where=_UNCOUNTED, postgresql_where=_UNCOUNTED),
    Index("ix_service_case_merged_into", "merged_into", sqlite_where=_MERGED, postgresql_where=_MERGED),
    Index("ix_service_case_parent_id", "parent_id", sqlite_where=_CHILD, postgresql_where=_CHILD),
)
CASE_NUMBERS = number_parts(service_case, "caller_number")


#: As the partial indexes say it: SQLite takes one only where the question says the same, without parameters.
IS_OPEN = service_case.c.state == literal_column("'open'")
WAITS = service_case.c.waiting != literal_column("''")
IS_OFFERED = service_case.c.offered_to != literal_column("''")
IS_UNCOUNTED = (service_case.c.state == literal_column("'closed'")) & service_case.c.solved_in_ms.is_(None)
GOES_UP = service_case.c.escalated < literal_column("2")


#: Filters of the lists that people keep: owner, a user name; asked, as the list's address says it; shared: with all;
#: unit_id: with the people of this team or department.
case_filter = Table(
    "case_filter",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("owner", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("asked", Json, nullable=False),
    Column("shared", Boolean, nullable=False),
    Column("kept_at", UtcDateTime, nullable=False),
    Column("unit_id", Integer),
    UniqueConstraint("owner", "name"),
)


#: Customers' links that are to go out by mail; the address stands in the customer's record alone.
case_link_mail = Table(
    "case_link_mail",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("case_id", BigInteger, nullable=False),
    Column("asked_by", Words, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("state", String(16), nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    Index("ix_case_link_mail_waiting", "due_at", sqlite_where=_TO_SEND, postgresql_where=_TO_SEND),
)


#: The calls that belong to a case, whichever was first.
case_call = Table(
    "case_call",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("case_id", BigInteger, nullable=False),
    Column("node", Words, nullable=False),
    Column("linkedid", Words, nullable=False),
    Column("by", Words, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    UniqueConstraint("case_id", "node", "linkedid"),
    Index(None, "linkedid"),
)


#: A15: an operator asks that a nuisance caller be blocked; a supervisor decides. decision: approved, refused.
block_request = Table(
    "block_request",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", PhoneNumber, nullable=False),
    Column("node", Words, nullable=False, server_default=""),
    Column("linkedid", Words, nullable=False, server_default=""),
    Column("reason", Words, nullable=False),
    Column("expires_at", UtcDateTime),
    Column("asked_by", Words, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("decision", String(16)),
    Column("decided_by", Words, nullable=False, server_default=""),
    Column("decided_at", UtcDateTime),
    Column("note", Words, nullable=False, server_default=""),
    one_open("uq_block_request_open", "decided_at", "number"),
)
