"""Bearer tokens of the API. A token is shown once, when it is made; only its SHA-256 is stored."""

from __future__ import annotations

import hashlib
import logging
import re
import secrets
from datetime import datetime, timedelta

from hotline.domain.accounts.token import ApiToken
from hotline.domain.errors import NotFound, Refused, StorageError
from hotline.domain.people import Role
from hotline.domain.rights import given
from hotline.services.accounts.account_rules import require_fit_end
from hotline.storage.accounts.tokens import TokenStore
from hotline.storage.audit import AuditLog
from hotline.storage.transaction import Storage

log = logging.getLogger(__name__)

#: Says what it is where one is found in a log or a repository.
PREFIX = "hotline_"

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")

#: The time of a token's last use is kept this exactly: a program that asks every second is no reason to write.
_USE_NOTED_EVERY = timedelta(minutes=1)


def create_token(
    storage: Storage,
    name: str,
    now: datetime,
    by: str,
    roles: tuple[Role, ...] = given.PROGRAM,
    expires_at: datetime | None = None,
) -> str:
    """A new token. Raises Refused for an unfit name, one that a valid token has, without a role or with unfit ones, and
    for an auditor's without an end."""
    if not _NAME.fullmatch(name):
        raise Refused("accounts.token_name", got=name[:64], field="name")
    if not roles:
        raise Refused("accounts.no_role", roles=tuple(Role), field="roles")
    if given.audits_and_more(roles):
        raise Refused("accounts.audits_and_more", field="roles")
    require_fit_end(roles, expires_at, now)
    token = PREFIX + secrets.token_urlsafe(32)
    with storage.writing() as tx:
        if name in TokenStore(tx).names():
            raise Refused("accounts.token_there", token=name, field="name")
        TokenStore(tx).add(_digest(token), ApiToken(name, roles, now, expires_at=expires_at))
        end = (f"until {expires_at.isoformat()}",) if expires_at else ()
        AuditLog(tx).add(now, by, "token.create", f"token:{name}", " ".join((*roles, *end)))
    return token


def verify_token(storage: Storage, token: str, now: datetime) -> ApiToken | None:
    """The token, if it is valid; None for any other. That it was used is noted."""
    digest = _digest(token)
    with storage.reading() as tx:
        found = TokenStore(tx).find(digest)
    if found is None or found.has_expired(now):
        return None
    if found.last_used_at is not None and now - found.last_used_at < _USE_NOTED_EVERY:
        return found
    try:
        with storage.writing() as tx:
            return TokenStore(tx).use(digest, now)
    except StorageError as error:  # what was asked for may be possible all the same
        log.warning("that a token was used could not be noted: %s", error)
        return found


def list_tokens(storage: Storage) -> list[ApiToken]:
    """By name, the revoked too."""
    with storage.reading() as tx:
        return TokenStore(tx).all()


def revoke_token(storage: Storage, name: str, now: datetime, by: str) -> None:
    """From now on it opens nothing. Raises NotFound."""
    with storage.writing() as tx:
        if not TokenStore(tx).revoke(name, now):
            raise NotFound("accounts.no_token", token=name)
        AuditLog(tx).add(now, by, "token.revoke", f"token:{name}")


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
