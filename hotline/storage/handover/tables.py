"""The tables of shifts that are handed over."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, UniqueConstraint

from hotline.storage.base import metadata
from hotline.storage.types import UtcDateTime, Words

#: F6: somebody hands over what is open. `shift_ends_at`: of the shift of the plan, empty where they had none.
#: `to_person_id` empty: whoever comes next. `accepted_by_id`: a person.
shift_handover = Table(
    "shift_handover",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", Integer, nullable=False),
    Column("shift_ends_at", UtcDateTime),
    Column("written_at", UtcDateTime, nullable=False),
    Column("words", Words, nullable=False),
    Column("to_person_id", Integer),
    Column("accepted_by_id", Integer),
    Column("accepted_at", UtcDateTime),
    Column("answer", Words, nullable=False, server_default=""),
    UniqueConstraint("person_id", "shift_ends_at"),
    Index(None, "accepted_at", "written_at"),
)


#: What was open then. `kind` and `matter_id`: as hotline.services.open_matter has it. `passes`: it is to be the next
#: one's once they accept; else it is told of, and stays.
handed_matter = Table(
    "handed_matter",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("handover_id", Integer, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("matter_id", Integer, nullable=False),
    Column("title", Words, nullable=False),
    Column("due_at", UtcDateTime),
    Column("passes", Boolean, nullable=False),
    Index(None, "handover_id"),
)
