"""The tables of customers."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, UniqueConstraint

from hotline.storage.base import GrowingId, metadata, one_open
from hotline.storage.number_parts import number_parts
from hotline.storage.types import Json, PhoneNumber, UtcDateTime, Words

#: A person. preferred_way (E3): phone, sms, mail, none. `do_not_call`: E10. `merged_into`: the customer that this one
#: turned out to be; such a row is kept, so that old links lead on. `search_text`: all its words in small letters, so
#: that a search looks at one column.
customer = Table(
    "customer",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("name", Words, nullable=False, server_default=""),
    Column("company", Words, nullable=False, server_default=""),
    Column("region", Words, nullable=False, server_default=""),
    Column("address", Words, nullable=False, server_default=""),
    Column("mail", Words, nullable=False, server_default=""),
    Column("preferred_way", String(8), nullable=False, server_default="phone"),
    Column("do_not_call", Boolean, nullable=False),
    Column("level", String(32), nullable=False, server_default=""),
    Column("consent_at", UtcDateTime),
    Column("note", Words, nullable=False, server_default=""),
    Column("search_text", Words, nullable=False, server_default=""),
    Column("merged_into", Integer),
    Column("version", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("updated_by", Words, nullable=False),
    Index(None, "name"),
    Index(None, "merged_into", "updated_at"),
)


#: `extension`: behind `number`, if any. One number may be several people's
#: (a household, a switchboard).
customer_number = Table(
    "customer_number",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("customer_id", Integer, nullable=False),
    Column("number", PhoneNumber, nullable=False),
    Column("extension", Words, nullable=False, server_default=""),
    Column("label", Words, nullable=False, server_default=""),
    UniqueConstraint("customer_id", "number", "extension"),
    Index(None, "number"),
)
CUSTOMER_NUMBERS = number_parts(customer_number, "number")


#: Two customers that became one, and what moved, so that it can be undone. `kept_before`: what was written of the one
#: that stayed, which then had `kept_version` as its next.
customer_merge = Table(
    "customer_merge",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("kept_id", Integer, nullable=False),
    Column("merged_id", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("by", Words, nullable=False),
    Column("moved", Json, nullable=False),
    Column("kept_before", Json, nullable=False),
    Column("kept_version", Integer, nullable=False),
    Column("undone_at", UtcDateTime),
    one_open("uq_customer_merge_open", "undone_at", "merged_id"),
)
