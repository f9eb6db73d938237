"""Every table. A change here needs an Alembic revision beside it; a test compares the two."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    text,
)

from hotline.storage.types import CallDetail, Json, UtcDateTime, Words

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

#: Ids of what grows with every call: a 32-bit one would end after some years of outbox entries. SQLite counts
#: only an INTEGER primary key up by itself, and that has 64 bits anyway.
GrowingId = BigInteger().with_variant(Integer, "sqlite")


def one_open(name: str, column: str, *columns: str) -> Index:
    """A unique index over `columns` among the rows whose `column` (when it was closed) is still empty."""
    where = text(f"{column} IS NULL")
    return Index(name, *columns, unique=True, sqlite_where=where, postgresql_where=where)


#: The ledger: one row a call, rewritten whole each time its events are folded. `detail` is the whole record
#: (hotline.domain.call.Call); the columns beside it are what is filtered, sorted and summed.
call = Table(
    "call",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("node", Words, nullable=False),
    Column("linkedid", Words, nullable=False),
    Column("direction", String(16), nullable=False),
    Column("line", Words, nullable=False),
    Column("dialled", Words, nullable=False),
    Column("caller_number", Words, nullable=False),
    Column("caller_original", Words, nullable=False),
    Column("caller_name", Words, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("answered_at", UtcDateTime),
    Column("ended_at", UtcDateTime),
    Column("outcome", String(32)),
    Column("answered_by_kind", String(16)),
    Column("answered_by", Words),
    Column("wait_seconds", Float, nullable=False),
    Column("ring_seconds", Float, nullable=False),
    Column("talk_seconds", Float, nullable=False),
    Column("hold_seconds", Float, nullable=False),
    Column("detail", CallDetail, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    UniqueConstraint("node", "linkedid"),
    Index(None, "started_at"),
    Index(None, "caller_number", "started_at"),
    Index(None, "outcome", "started_at"),
    Index(None, "line", "started_at"),
    Index(None, "ended_at"),
)

#: What CEL does not hold (hotline.domain.events.Fact), kept so that folding again gives the same row.
call_fact = Table(
    "call_fact",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("node", Words, nullable=False),
    Column("linkedid", Words, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("channel", Words, nullable=False, server_default=""),
    UniqueConstraint("node", "linkedid", "at", "kind", "channel"),
)

#: A recording's way from Asterisk's incoming folder to the store. state: pending, ready, missing, failed.
recording = Table(
    "recording",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("node", Words, nullable=False),
    Column("linkedid", Words, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("source_file", Words, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("state", String(16), nullable=False),
    Column("path", Words),
    Column("seconds", Float),
    Column("size_bytes", BigInteger),
    Column("sha256", String(64)),
    Column("measures", Json),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("next_attempt_at", UtcDateTime),
    Column("problem", Words),
    UniqueConstraint("node", "linkedid", "source_file"),
    Index(None, "source_file"),
    Index(None, "state", "next_attempt_at"),
)

#: What must be pushed, written in the same transaction as what it tells of; browsers resume by id.
outbox = Table(
    "outbox",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("topic", String(32), nullable=False),
    Column("payload", Json, nullable=False),
    Index(None, "at"),
    sqlite_autoincrement=True,
)

#: Calls that we owe (A9). reason: requested, abandoned, missed, voicemail. Ordered by `queued_at`: a caller
#: who took the offer keeps the place.
callback = Table(
    "callback",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("node", Words, nullable=False),
    Column("linkedid", Words, nullable=False),
    Column("line", Words, nullable=False),
    Column("number", Words, nullable=False),
    Column("reason", String(16), nullable=False),
    Column("queued_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("closed_at", UtcDateTime),
    Column("closed_by", Words),
    Column("closing_note", Words),
    UniqueConstraint("node", "linkedid"),
    Index(None, "closed_at", "queued_at"),
)

duty_shift = Table(
    "duty_shift",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person", Words, nullable=False),
    Column("numbers", Json, nullable=False),
    Column("backups", Json, nullable=False),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("note", Words, nullable=False, server_default=""),
    Index(None, "starts_at"),
)

#: The duty mobile passing from hand to hand (A2).
duty_handover = Table(
    "duty_handover",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("from_person", Words, nullable=False),
    Column("to_person", Words, nullable=False),
    Column("note", Words, nullable=False, server_default=""),
    Column("recorded_by", Words, nullable=False),
)

#: "Closed now" or "open now" until a time, declared by a supervisor. mode: open, closed.
line_override = Table(
    "line_override",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("mode", String(8), nullable=False),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("declared_by", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("cancelled_at", UtcDateTime),
    Index(None, "ends_at"),
)

#: A15. `expires_at` NULL: until lifted.
blocked_number = Table(
    "blocked_number",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("blocked_by", Words, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime),
    Column("lifted_at", UtcDateTime),
    Index(None, "number"),
)

user = Table(
    "user_account",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("username", Words, nullable=False, unique=True),
    Column("display_name", Words, nullable=False),
    Column("password_hash", Words, nullable=False),
    Column("roles", Json, nullable=False),
    Column("must_change_password", Boolean, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)

#: Bearer tokens of the API; only the SHA-256 of each is kept.
api_token = Table(
    "api_token",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Words, nullable=False),
    Column("token_sha256", String(64), nullable=False, unique=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("last_used_at", UtcDateTime),
    Column("revoked_at", UtcDateTime),
    one_open("uq_api_token_valid_name", "revoked_at", "name"),
)

#: Who saw, played, exported or changed what (F8); rows are only ever added.
audit_log = Table(
    "audit_log",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("who", Words, nullable=False),
    Column("action", String(32), nullable=False),
    Column("object", Words, nullable=False),
    Column("detail", Words, nullable=False, server_default=""),
    Index(None, "at"),
)

#: Until when every call of a node stands in the ledger as its black box has it.
listener_checkpoint = Table(
    "listener_checkpoint",
    metadata,
    Column("node", Words, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
)

#: What somebody has to see to. One open alert a kind and object.
alert = Table(
    "alert",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("object", Words, nullable=False, server_default=""),
    Column("detail", Words, nullable=False),
    Column("raised_at", UtcDateTime, nullable=False),
    Column("cleared_at", UtcDateTime),
    one_open("uq_alert_open", "cleared_at", "kind", "object"),
)

#: A4: each test call of a line. result: running, passed, failed.
line_test = Table(
    "line_test",
    metadata,
    Column("id", Words, primary_key=True),
    Column("line", Words, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime),
    Column("result", String(16), nullable=False),
    Column("detail", Words, nullable=False, server_default=""),
    Index(None, "started_at"),
)

#: Who holds a duty that only one process in the whole system may have (the scheduler).
lease = Table(
    "lease",
    metadata,
    Column("name", Words, primary_key=True),
    Column("holder", Words, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
)

#: A job's run claims its slot: no slot is run twice.
job_run = Table(
    "job_run",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("job", Words, nullable=False),
    Column("slot", Words, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    UniqueConstraint("job", "slot"),
    Index(None, "started_at"),
)
