"""The tables of forms."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, UniqueConstraint, text

from hotline.storage.base import GrowingId, metadata
from hotline.storage.number_parts import number_parts
from hotline.storage.types import Json, PhoneNumber, UtcDateTime, Words

_PROMISED = text("promise_due_at IS NOT NULL AND promise_kept_at IS NULL")

#: The log form of a call (B1, B3), one a call. origin: operator, duty (B2). owner: the operator's extension, or the
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
    Index("ix_call_form_called", "called_at", "id"),
    Index("ix_call_form_state_called", "state", "called_at", "id"),
    Index("ix_call_form_category_called", "category", "called_at", "id"),
    Index(None, "customer_id", "called_at"),
    Index(None, "number", "called_at"),
    Index(None, "promise_due_at"),
    Index(None, "updated_at"),
    Index("ix_call_form_promised", "owner", "promise_due_at", sqlite_where=_PROMISED, postgresql_where=_PROMISED),
)
FORM_NUMBERS = number_parts(call_form, "number", "callback_number")


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
