"""The tables of signing in: second factors, and which accounts outside are whose."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table

from hotline.storage.base import metadata
from hotline.storage.types import UtcDateTime, Words

#: Secrets are sealed with a key of the site. `pending` is one that waits for its first code; `last_step` is the step of
#: the newest code that was taken: none is taken twice.
second_factor = Table(
    "second_factor",
    metadata,
    Column("user_id", Integer, primary_key=True, autoincrement=False),
    Column("secret", Words),
    Column("confirmed_at", UtcDateTime),
    Column("last_step", BigInteger, nullable=False, server_default="0"),
    Column("pending", Words),
    Column("pending_at", UtcDateTime),
)


#: Only the SHA-256 of each code is kept.
recovery_code = Table(
    "recovery_code",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("user_id", Integer, nullable=False),
    Column("code_sha256", String(64), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
    Index(None, "user_id"),
)


#: A company's account and who it is here. `subject` is what the provider calls it for good; until it is known, the
#: person is expected by `mail`. `provider`: "oidc <issuer>" or "ldap <server>".
outside_account = Table(
    "outside_account",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("user_id", Integer, nullable=False, unique=True),
    Column("provider", Words, nullable=False),
    Column("subject", Words),
    Column("mail", Words),
    Column("bound_at", UtcDateTime, nullable=False),
    Column("bound_by", Words, nullable=False),
    Column("seen_at", UtcDateTime),
    Index("uq_outside_account_provider_subject", "provider", "subject", unique=True),
)
