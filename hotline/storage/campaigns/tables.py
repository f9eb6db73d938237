"""The tables of campaigns."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, text

from hotline.storage.base import GrowingId, metadata
from hotline.storage.types import PhoneNumber, UtcDateTime, Words

_CHOSEN = text("state = 'chosen'")
_PLANNED = text("visit_id IS NOT NULL")
_MONTHLY = text("month IS NOT NULL")

#: Many customers asked for one purpose. kind: festival, december, renewal, sample, list; state: draft, ready, running,
#: paused, stopped, done; basis: consent, contract, list. month: of the monthly sample. Days are kept as their first
#: moment in Shanghai.
campaign = Table(
    "campaign",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("name", Words, nullable=False),
    Column("purpose", Words, nullable=False),
    Column("basis", String(16), nullable=False),
    Column("basis_words", Words, nullable=False, server_default=""),
    Column("words", Words, nullable=False, server_default=""),
    Column("questionnaire", Words, nullable=False, server_default=""),
    Column("level", String(32), nullable=False, server_default=""),
    Column("begins_on", UtcDateTime, nullable=False),
    Column("ends_on", UtcDateTime, nullable=False),
    Column("wanted", Integer, nullable=False, server_default="0"),
    Column("a_day", Integer, nullable=False, server_default="0"),
    Column("seed", Words, nullable=False, server_default=""),
    Column("state", String(16), nullable=False),
    Column("candidates", Integer, nullable=False, server_default="0"),
    Column("made_by", Words, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("started_at", UtcDateTime),
    Column("ended_at", UtcDateTime),
    Column("month", String(8)),
    Column("version", Integer, nullable=False, server_default="1"),
    Index("uq_campaign_month", "month", unique=True, sqlite_where=_MONTHLY, postgresql_where=_MONTHLY),
    Index(None, "state"),
)


#: Whom a campaign is for, and who was left out and why. state: chosen, planned, not_drawn, left_out. line: of the list;
#: detail: a reason as JSON, with what stood there.
campaign_member = Table(
    "campaign_member",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("campaign_id", BigInteger, nullable=False),
    Column("state", String(16), nullable=False),
    Column("customer_id", Integer),
    Column("name", Words, nullable=False, server_default=""),
    Column("number", PhoneNumber, nullable=False, server_default=""),
    Column("line", Integer, nullable=False, server_default="0"),
    Column("reason", String(16), nullable=False, server_default=""),
    Column("detail", Words, nullable=False, server_default=""),
    Column("visit_id", BigInteger),
    Column("planned_at", UtcDateTime),
    Index(None, "campaign_id", "state", "reason", "id"),
    Index("ix_campaign_member_chosen", "campaign_id", "id", sqlite_where=_CHOSEN, postgresql_where=_CHOSEN),
    Index("ix_campaign_member_visit", "visit_id", sqlite_where=_PLANNED, postgresql_where=_PLANNED),
    Index(None, "number"),
    Index(None, "customer_id"),
)
