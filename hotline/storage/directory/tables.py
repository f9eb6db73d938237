"""The tables of directory."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, Table

from hotline.storage.base import metadata
from hotline.storage.types import Json, PhoneNumber, UtcDateTime, Words

#: A6, A14: whom enquiries are passed on to, by subject and region. An operator sees no number.
directory_person = Table(
    "directory_person",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Words, nullable=False),
    Column("department", Words, nullable=False, server_default=""),
    Column("department_id", Integer),
    Column("job_title", Words, nullable=False, server_default=""),
    Column("number", PhoneNumber, nullable=False),
    Column("mail", Words, nullable=False, server_default=""),
    Column("subjects", Json, nullable=False),
    Column("regions", Json, nullable=False),
    Column("note", Words, nullable=False, server_default=""),
    Column("active", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("updated_by", Words, nullable=False),
)


#: A14: what was left for a person of the directory. `passed_on_at` empty: they do not have it yet.
directory_message = Table(
    "directory_message",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", Integer, nullable=False),
    Column("node", Words, nullable=False, server_default=""),
    Column("linkedid", Words, nullable=False, server_default=""),
    Column("caller_name", Words, nullable=False, server_default=""),
    Column("caller_number", PhoneNumber, nullable=False, server_default=""),
    Column("text", Words, nullable=False),
    Column("left_by", Words, nullable=False),
    Column("left_at", UtcDateTime, nullable=False),
    Column("passed_on_at", UtcDateTime),
    Column("passed_on_by", Words, nullable=False, server_default=""),
    Column("passed_on_note", Words, nullable=False, server_default=""),
    Index(None, "passed_on_at", "left_at"),
    Index(None, "person_id", "left_at"),
)
