"""Customers, and what is written down of their calls."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, UniqueConstraint

from hotline.storage.tables.base import GrowingId, metadata, one_open
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

#: The record of a call (B1, B3), one a call. origin: operator, duty (B2). owner: the operator's extension, or the
#: duty mobile's number; `owner_name` who that is. state: open, done. `version` grows with every save: who saves on
#: top of an older one is told. `category` and its `fields` are of the settings. `due_at`: when it must be done (B2).
#: An empty `region` (NULL) is what the number says.
call_form = Table(
    "call_form",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("node", Words, nullable=False),
    Column("linkedid", Words, nullable=False),
    Column("line", Words, nullable=False),
    Column("number", PhoneNumber, nullable=False),
    Column("called_at", UtcDateTime, nullable=False),
    Column("origin", String(16), nullable=False),
    Column("owner", Words, nullable=False),
    Column("owner_name", Words, nullable=False),
    Column("state", String(8), nullable=False),
    Column("version", Integer, nullable=False),
    Column("customer_id", Integer),
    Column("caller_name", Words, nullable=False, server_default=""),
    Column("callback_number", Words, nullable=False, server_default=""),
    Column("region", Words),
    Column("address", Words, nullable=False, server_default=""),
    Column("category", Words, nullable=False, server_default=""),
    Column("content", Words, nullable=False, server_default=""),
    Column("handling", Words, nullable=False, server_default=""),
    Column("solved", Boolean),
    Column("promise", Words, nullable=False, server_default=""),
    Column("promise_due_at", UtcDateTime),
    Column("promise_kept_at", UtcDateTime),
    Column("follow_up_person", Words, nullable=False, server_default=""),
    Column("complaint", Boolean),
    Column("fields", Json, nullable=False),
    Column("due_at", UtcDateTime),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("updated_by", Words, nullable=False),
    Column("done_at", UtcDateTime),
    Column("done_by", Words, nullable=False, server_default=""),
    UniqueConstraint("node", "linkedid"),
    Index(None, "owner", "state"),
    Index(None, "state", "due_at"),
    Index(None, "customer_id", "called_at"),
    Index(None, "number", "called_at"),
    Index(None, "promise_due_at"),
)

#: Who wrote what into a form when; `changed` holds the fields that changed, as they became.
call_form_change = Table(
    "call_form_change",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("form_id", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("changed_by", Words, nullable=False),
    Column("changed", Json, nullable=False),
    UniqueConstraint("form_id", "version"),
)

#: A complaint or request that needs more than the call. kind: complaint, request. state: open, closed.
service_case = Table(
    "service_case",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("number", Words, nullable=False, unique=True),
    Column("kind", String(16), nullable=False),
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
    Index(None, "customer_id", "state"),
    Index(None, "caller_number", "state"),
    Index(None, "state", "opened_at"),
    Index(None, "form_id"),
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

#: B2: the way of the duty person to the form of a call that they took, without an account. Only the SHA-256 of the
#: link's token is kept. `opened_with`: SHA-256 of what the first browser was given; no other one gets in.
duty_link = Table(
    "duty_link",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("token_sha256", String(64), nullable=False, unique=True),
    Column("form_id", Integer, nullable=False),
    Column("person", Words, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("created_by", Words, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("opened_at", UtcDateTime),
    Column("opened_with", String(64), nullable=False, server_default=""),
    Column("used_at", UtcDateTime),
    Index(None, "form_id"),
)
