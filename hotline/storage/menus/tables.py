"""The tables of drafts of the menus."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, UniqueConstraint

from hotline.storage.base import GrowingId, metadata
from hotline.storage.types import Json, UtcDateTime, Words

#: content, base: of hotline.domain.menus.draft.Content. version: counts its changes. taken_at: put in force or planned.
menu_draft = Table(
    "menu_draft",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Words, nullable=False),
    Column("content", Json, nullable=False),
    Column("base", Json, nullable=False),
    Column("version", Integer, nullable=False),
    Column("made_by", Words, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("changed_by", Words, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("taken_by", Words, nullable=False, server_default=""),
    Column("taken_at", UtcDateTime),
    Column("from_at", UtcDateTime),
    Column("until_at", UtcDateTime),
)

#: A call by which one way through a draft is tried. keys: what is pressed, by menu. token: by which the call is known
#: to the IVR. content: of the draft at that version. at: the moment by which keys lead. sent: the keys with pauses, as
#: Asterisk sends them; stays: seconds after the last. state: of hotline.domain.menus.trial.TrialState. steps: what was
#: said and pressed.
menu_trial_call = Table(
    "menu_trial_call",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("draft_id", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("line", Words, nullable=False),
    Column("menu", Words, nullable=False),
    Column("keys", Json, nullable=False),
    Column("token", String(32), nullable=False),
    Column("content", Json, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("sent", Words, nullable=False),
    Column("stays", Integer, nullable=False),
    Column("state", String(8), nullable=False),
    Column("asked_by", Words, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("begun_at", UtcDateTime),
    Column("ended_at", UtcDateTime),
    Column("steps", Json, nullable=False, server_default="[]"),
    Column("ended", Json, nullable=False, server_default="{}"),
    Column("fault", Json, nullable=False, server_default="{}"),
    UniqueConstraint("token"),
    Index(None, "draft_id"),
    Index(None, "state"),
)
