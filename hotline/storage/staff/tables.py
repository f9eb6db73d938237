"""The tables of staff."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, UniqueConstraint

from hotline.storage.base import metadata, one_open
from hotline.storage.types import PhoneNumber, UtcDateTime, Words

#: One of us, with an account or without.
person = Table(
    "person",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Words, nullable=False),
    Column("user_id", Integer, unique=True),
    Column("email", Words, nullable=False, server_default=""),
    Column("mobile", PhoneNumber, nullable=False, server_default=""),
    Column("language", String(16), nullable=False, server_default=""),
    Column("active", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("updated_at", UtcDateTime),
    Column("updated_by", Words, nullable=False, server_default=""),
    Index(None, "name"),
)


#: Who had which extension when: [since, until), empty is open at that end. What names an extension (calls, states,
#: rings, records, scores) means who had it at that moment.
tenure = Table(
    "tenure",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", Integer, nullable=False),
    Column("extension", Words, nullable=False),
    Column("since", UtcDateTime),
    Column("until", UtcDateTime),
    Index(None, "extension", "since"),
    Index(None, "person_id"),
    one_open("uq_tenure_holds", "until", "extension"),
    one_open("uq_tenure_has", "until", "person_id"),
)


absence = Table(
    "absence",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", Integer, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("until", UtcDateTime, nullable=False),
    Column("deputy_id", Integer),
    Index(None, "person_id", "until"),
)


#: Teams and departments, by `kind`: one table, so that an id is either.
staff_unit = Table(
    "staff_unit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("name", Words, nullable=False),
    Column("leader_id", Integer),
    Column("deputy_id", Integer),
    Column("active", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("updated_at", UtcDateTime),
    Column("updated_by", Words, nullable=False, server_default=""),
    Column("email", Words, nullable=False, server_default=""),
    Column("phone", PhoneNumber, nullable=False, server_default=""),
    Column("parent_id", Integer),
    UniqueConstraint("kind", "name"),
)


unit_member = Table(
    "unit_member",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("unit_id", Integer, nullable=False),
    Column("person_id", Integer, nullable=False),
    Column("since", UtcDateTime),
    Column("until", UtcDateTime),
    Index(None, "unit_id"),
    Index(None, "person_id"),
)
