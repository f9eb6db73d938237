"""The tables of retention."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Float, Index, Integer, String, Table, UniqueConstraint

from hotline.storage.base import GrowingId, metadata, one_open
from hotline.storage.types import Json, PhoneNumber, StoredReason, UtcDateTime, Words

#: A call whose recordings stay beyond their time: set by a supervisor with a reason. `until` NULL: until lifted.
recording_hold = Table(
    "recording_hold",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("node", Words, nullable=False),
    Column("linkedid", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("set_by", Words, nullable=False),
    Column("set_at", UtcDateTime, nullable=False),
    Column("until", UtcDateTime),
    Column("lifted_at", UtcDateTime),
    Column("lifted_by", Words, nullable=False, server_default=""),
    one_open("uq_recording_hold_open", "lifted_at", "node", "linkedid"),
)


#: What may go, and since when that is shown: the nightly job deletes only what stood here the night before.
expiry_listing = Table(
    "expiry_listing",
    metadata,
    Column("recording_id", BigInteger, primary_key=True, autoincrement=False),
    Column("listed_at", UtcDateTime, nullable=False),
)


#: E2: deletions that one person asked for; nothing is deleted before another one has agreed. recordings: their ids.
#: agreed NULL: nobody has answered yet.
asked_deletion = Table(
    "asked_deletion",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("recordings", Json, nullable=False),
    Column("reason", Words, nullable=False),
    Column("asked_by", Words, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("agreed", Boolean),
    Column("answered_by", Words, nullable=False, server_default=""),
    Column("answered_at", UtcDateTime),
    Index(None, "answered_at", "asked_at"),
)


#: The register of recordings that were deleted (E2): what, when, by whom, why. `found`: the file was still there.
#: `finished_at`: then the file was gone; until then it is still to be removed. Nothing else of a row ever changes.
recording_deletion = Table(
    "recording_deletion",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("recording_id", BigInteger, nullable=False, unique=True),
    Column("node", Words, nullable=False),
    Column("linkedid", Words, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("path", Words, nullable=False),
    Column("peaks_path", Words, nullable=False, server_default=""),
    Column("seconds", Float),
    Column("size_bytes", BigInteger),
    Column("sha256", String(64), nullable=False),
    Column("deleted_at", UtcDateTime, nullable=False),
    Column("deleted_by", Words, nullable=False),
    Column("why", StoredReason, nullable=False),
    Column("found", Boolean, nullable=False),
    Column("finished_at", UtcDateTime),
    Index(None, "deleted_at"),
)


#: E2: an image written for a disc. medium: cd, dvd, bd.
archive_disc = Table(
    "archive_disc",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("label", Words, nullable=False, unique=True),
    Column("medium", String(8), nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("until", UtcDateTime, nullable=False),
    Column("file", Words, nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("encrypted", Boolean, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("created_by", Words, nullable=False),
    Column("verified_at", UtcDateTime),
)


archive_item = Table(
    "archive_item",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("disc_id", Integer, nullable=False),
    Column("recording_id", BigInteger, nullable=False),
    Column("path", Words, nullable=False),
    Column("sha256", String(64), nullable=False),
    UniqueConstraint("disc_id", "recording_id"),
    Index(None, "recording_id"),
)


#: E2: discs that somebody asked for on the page, and how far they are; a job writes them. problem: why they were not.
wanted_discs = Table(
    "wanted_discs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("until", UtcDateTime, nullable=False),
    Column("medium", String(8), nullable=False),
    Column("asked_by", Words, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("begun_at", UtcDateTime),
    Column("bytes_done", BigInteger, nullable=False, server_default="0"),
    Column("bytes_all", BigInteger, nullable=False, server_default="0"),
    Column("discs", Integer, nullable=False, server_default="0"),
    Column("left_out", Integer, nullable=False, server_default="0"),
    Column("problem", StoredReason, nullable=False, server_default=""),
    Column("finished_at", UtcDateTime),
)


#: G3: somebody asks for a copy, a correction or the deletion of what is kept of them. state: open, done, refused.
privacy_request = Table(
    "privacy_request",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("number", PhoneNumber, nullable=False),
    Column("customer_id", BigInteger),
    Column("asked_by", Words, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("taken_by", Words, nullable=False),
    Column("text", Words, nullable=False, server_default=""),
    Column("due_at", UtcDateTime, nullable=False),
    Column("state", String(8), nullable=False),
    Column("answer", Words, nullable=False, server_default=""),
    Column("closed_at", UtcDateTime),
    Column("closed_by", Words, nullable=False, server_default=""),
    Index(None, "state", "due_at"),
)


#: The daily reconciliation of ledger, files and store: what was counted and what was found wrong.
store_check = Table(
    "store_check",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("node", Words, nullable=False),
    Column("counts", Json, nullable=False),
    Column("findings", Json, nullable=False),
    Index(None, "at"),
)
