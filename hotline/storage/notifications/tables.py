"""The tables of notifications."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, Table, UniqueConstraint, text

from hotline.storage.base import GrowingId, metadata
from hotline.storage.types import Json, StoredReason, UtcDateTime, Words

_TO_SPREAD = text("spread_at IS NULL")

#: What somebody is told; `person_id` 0: the addresses of a group. `once`: what may be told them only once. `spread_at`:
#: since when it is known by which ways it goes out.
notification = Table(
    "notification",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("person_id", Integer, nullable=False),
    Column("address_group", Words, nullable=False, server_default=""),
    Column("kind", String(48), nullable=False),
    Column("object", Words, nullable=False, server_default=""),
    Column("given", Json, nullable=False),
    Column("deputy_for", Integer),
    Column("once", Words),
    Column("at", UtcDateTime, nullable=False),
    Column("read_at", UtcDateTime),
    Column("spread_at", UtcDateTime),
    UniqueConstraint("person_id", "address_group", "once"),
    Index(None, "person_id", "read_at", "id"),
    Index(None, "at"),
    Index("ix_notification_to_spread", "id", sqlite_where=_TO_SPREAD, postgresql_where=_TO_SPREAD),
)


#: A notification on its way out: one row a way. A row is claimed by one process, once, before anything is sent.
notification_delivery = Table(
    "notification_delivery",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("notification_id", BigInteger, nullable=False),
    Column("person_id", Integer, nullable=False),
    Column("address_group", Words, nullable=False, server_default=""),
    Column("kind", String(48), nullable=False),
    Column("way", String(32), nullable=False),
    Column("target", Words, nullable=False),
    Column("gateway", Words, nullable=False),
    Column("state", String(12), nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("claim", Words, nullable=False, server_default=""),
    Column("claimed_until", UtcDateTime),
    Column("done_at", UtcDateTime),
    Column("problem", StoredReason, nullable=False, server_default=""),
    Index(None, "state", "gateway", "due_at"),
    Index(None, "person_id", "kind", "target", "done_at"),
    Index(None, "notification_id"),
    Index(None, "claim"),
)


#: How a gateway fares; without a row all is well.
notification_gateway = Table(
    "notification_gateway",
    metadata,
    Column("name", Words, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("paused_until", UtcDateTime),
    Column("problem", StoredReason, nullable=False, server_default=""),
)


#: A person's own address at a gateway, as Apprise writes it: it holds the gateway's key.
notification_way = Table(
    "notification_way",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", Integer, nullable=False),
    Column("url", Words, nullable=False),
    Column("added_at", UtcDateTime, nullable=False),
    Column("added_by", Words, nullable=False),
    Index(None, "person_id"),
    sqlite_autoincrement=True,  # what is on its way names the row: no other may get its id
)


#: How a person wants to be told of a kind, "" of all; null as the kind has it. Quiet hours as HH:MM, "" none.
notification_choice = Table(
    "notification_choice",
    metadata,
    Column("person_id", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(48), primary_key=True),
    Column("mail", Boolean),
    Column("chat", Boolean),
    Column("quiet_from", String(5), nullable=False, server_default=""),
    Column("quiet_until", String(5), nullable=False, server_default=""),
)


#: Which alerts people were told of, and that they are over.
alert_told = Table(
    "alert_told",
    metadata,
    Column("alert_id", Integer, primary_key=True, autoincrement=False),
    Column("told_at", UtcDateTime, nullable=False),
    Column("over_at", UtcDateTime),
)
