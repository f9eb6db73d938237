"""The tables of projects."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, UniqueConstraint, literal_column, text

from hotline.storage.base import GrowingId, metadata
from hotline.storage.types import Json, PhoneNumber, UtcDateTime, Words

_OPEN = text("state = 'open'")

#: What was delivered to a customer. Days are kept as their first moment in Shanghai. manager: a user name.
project = Table(
    "project",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("name", Words, nullable=False),
    Column("customer_id", Integer, nullable=False),
    Column("contact", Words, nullable=False, server_default=""),
    Column("number", PhoneNumber, nullable=False, server_default=""),
    Column("delivered_on", UtcDateTime, nullable=False),
    Column("ends_on", UtcDateTime),
    Column("manager", Words, nullable=False, server_default=""),
    Column("inspected_every", Integer, nullable=False, server_default="0"),
    Column("surveyed_every", Integer, nullable=False, server_default="0"),
    Column("note", Words, nullable=False, server_default=""),
    Column("entered_on", UtcDateTime, nullable=False),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("updated_by", Words, nullable=False),
    Index(None, "customer_id"),
    Index(None, "ends_on"),
    Index(None, "delivered_on", "id"),
)


#: E8: what is due for it again and again. kind: visit, inspection, survey; state: open, done, missed, called_off.
project_round = Table(
    "project_round",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("project_id", BigInteger, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("n", Integer, nullable=False),
    Column("due_on", UtcDateTime, nullable=False),
    Column("state", String(16), nullable=False),
    Column("owner", Words, nullable=False, server_default=""),
    Column("visit_id", BigInteger),
    Column("case_id", BigInteger),
    Column("record", Json, nullable=False, server_default="{}"),
    Column("done_at", UtcDateTime),
    Column("done_by", Words, nullable=False, server_default=""),
    UniqueConstraint("project_id", "kind", "n"),
    Index("ix_project_round_visit", "visit_id"),
    Index("ix_project_round_open", "due_on", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
    Index("ix_project_round_owner", "owner", "due_on", sqlite_where=_OPEN, postgresql_where=_OPEN),
)

#: As the partial indexes say it.
IS_OPEN = project_round.c.state == literal_column("'open'")
