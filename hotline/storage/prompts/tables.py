"""The tables of what callers hear."""

from __future__ import annotations

from sqlalchemy import Column, Date, Float, Index, Integer, LargeBinary, Table

from hotline.storage.base import metadata
from hotline.storage.types import Json, StoredReason, UtcDateTime, Words

#: A sound as Asterisk plays it: a wave file of 8 kHz, mono, 16 bit; so that each machine has it that has the database.
prompt_sound = Table(
    "prompt_sound", metadata, Column("sha256", Words, primary_key=True), Column("content", LargeBinary, nullable=False)
)


#: Which sound was chosen for which prompt, when and by whom. Only added to.
prompt_version = Table(
    "prompt_version",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("prompt", Words, nullable=False),
    Column("language", Words, nullable=False),
    Column("line", Words, nullable=False),
    Column("from_day", Date),
    Column("to_day", Date),
    Column("origin", Words, nullable=False),
    Column("words", Words, nullable=False),
    Column("sha256", Words, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("loudness", Float, nullable=False),
    Column("made_by", Words, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("voice", Words, nullable=False, server_default=""),
    Index(None, "prompt", "id"),
)


emergency_announcement = Table(
    "emergency_announcement",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("words", Words, nullable=False),
    Column("origin", Words, nullable=False),
    Column("lines", Json, nullable=False),
    Column("begins_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("made_by", Words, nullable=False),
    Column("sha256", Words, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("loudness", Float, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("ended_by", Words, nullable=False, server_default=""),
    Index(None, "ends_at"),
)


#: Which voices somebody asked for on the page, and what came of it; a job installs them.
voice_task = Table(
    "voice_task",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("package", Words, nullable=False),
    Column("asked_by", Words, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("begun_at", UtcDateTime),
    Column("finished_at", UtcDateTime),
    Column("problem", StoredReason, nullable=False, server_default=""),
)
