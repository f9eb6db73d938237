"""People who sign in: adding one, signing in, a new password."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from hotline.domain.accounts.attempts import counted_for_password
from hotline.domain.accounts.session import SessionEnd
from hotline.domain.accounts.user import User
from hotline.domain.errors import Conflict, NotFound, Refused
from hotline.domain.people import Role
from hotline.services.accounts import attempts, sessions
from hotline.services.accounts.account_rules import (
    plain_name,
    require_fit_end,
    require_fit_roles,
    require_fit_username,
    require_free_extension,
)
from hotline.services.accounts.passwords import (
    UnfitPassword,
    generate_password,
    hash_password,
    require_fit_password,
    verify_password,
)
from hotline.services.staff.tenures import keep_account
from hotline.storage.accounts.users import UserStore
from hotline.storage.audit import AuditLog
from hotline.storage.transaction import Storage, Transaction


@functools.cache
def _nobody() -> str:
    """Verified against when there is no such user, so that the time taken does not tell which names exist."""
    return hash_password(generate_password())


def add_user(
    storage: Storage,
    username: str,
    display_name: str,
    roles: tuple[Role, ...],
    now: datetime,
    by: str,
    extension: str | None = None,
    operators: Container[str] = (),
    expires_at: datetime | None = None,
) -> tuple[User, str]:
    """Add somebody with a generated first password, which they must change. Returns both.

    `extension`: the operator that they are, one of `operators` (those of the settings). `expires_at`: when they are
    let in no more. Raises UnfitAccount, and Conflict for a taken user name.
    """
    user, password = new_user(username, display_name, roles, now, extension, expires_at)
    with storage.writing() as tx:
        return store_user(tx, user, operators, now, by), password


def new_user(
    username: str,
    display_name: str,
    roles: tuple[Role, ...],
    now: datetime,
    extension: str | None = None,
    expires_at: datetime | None = None,
) -> tuple[User, str]:
    """Somebody who is not stored yet, and their first password, which is hashed before any transaction. Raises
    UnfitAccount."""
    require_fit_username(username)
    require_fit_roles(roles, extension)
    require_fit_end(roles, expires_at, now)
    password = generate_password()
    user = User(
        username=username,
        display_name=plain_name(display_name, username),
        roles=roles,
        active=True,
        password_hash=hash_password(password),
        must_change_password=True,
        created_at=now,
        extension=extension,
        expires_at=expires_at,
    )
    return user, password


def store_user(tx: Transaction, user: User, operators: Container[str], now: datetime, by: str) -> User:
    """Raises UnfitAccount for an extension that is not free, and Conflict for a taken user name."""
    if UserStore(tx).by_username(user.username):
        raise Conflict("accounts.username_taken", username=user.username)
    require_free_extension(tx, user.extension, operators, user.username)
    stored = UserStore(tx).add(user)
    keep_person(tx, stored, now, by)
    end = f"until {user.expires_at.isoformat()}" if user.expires_at else ""
    told = " ".join(part for part in (*user.roles, user.extension or "", end) if part)
    AuditLog(tx).add(now, by, "user.add", f"user:{user.username}", told)
    return stored


def keep_person(tx: Transaction, user: User, now: datetime, by: str) -> None:
    """The person behind the account as the account now is, with its extension (see `keep_account`)."""
    assert user.id is not None
    keep_account(tx, user.id, user.display_name, user.active, user.extension, now, by)


def reset_password(storage: Storage, username: str, now: datetime, by: str) -> str:
    """A new generated password, which must be changed at the next sign-in; all sessions of theirs end.

    Raises NotFound.
    """
    password = generate_password()
    hashed = hash_password(password)
    with storage.writing() as tx:
        UserStore(tx).lock()
        user = UserStore(tx).by_username(username)
        if user is None:
            raise NotFound("accounts.no_user", username=username)
        UserStore(tx).update(dataclasses.replace(user, password_hash=hashed, must_change_password=True))
        assert user.id is not None
        sessions.end_all(tx, user.id, by, SessionEnd.PASSWORD_RESET, now)
        AuditLog(tx).add(now, by, "user.reset_password", f"user:{username}")
    return password


@dataclass(frozen=True)
class Attempt:
    """`known_as`: the name of the browser, if that account (by id; None: there is no such) has signed in with it, else
    ""."""

    username: str
    password: str = field(repr=False)
    address: str = ""
    known_as: Callable[[int | None], str] = lambda account: ""


#: Asks a directory whose name and password these are: with the user name, the password, and who has the name here.
Elsewhere = Callable[[str, str, User | None], User | None]


def _nowhere_else(username: str, password: str, user: User | None) -> User | None:
    return None


def _whoever(roles: Sequence[Role]) -> bool:
    return True


def sign_in(
    storage: Storage,
    attempt: Attempt,
    now: datetime,
    elsewhere: Elsewhere = _nowhere_else,
    may_here: Callable[[Sequence[Role]], bool] = _whoever,
) -> User | None:
    """The user, if they are active and this is their password; what is refused goes into the audit log, with the
    address. Who is let in is noted once they have proved all that they must: `note_sign_in`.

    `elsewhere` is asked about what is no password here; `may_here`: whether whoever has these roles may come in by a
    password of ours. Raises Refused where they may not, and TooFast before anything is looked at. No transaction is
    held while the hash is computed, and the same is done for a name that nobody has.
    """
    username = "".join(c if c.isprintable() else "?" for c in attempt.username.strip().lower()[:64])
    with storage.reading() as tx:
        user = UserStore(tx).by_username(username)
    counted = counted_for_password(username, attempt.address, attempt.known_as(user.id if user else None))
    attempts.take(storage, counted, attempt.address, now)
    fits = verify_password(user.password_hash if user else _nobody(), attempt.password)
    known = user if fits else elsewhere(username, attempt.password, user)
    accepted = known if known and known.may_enter(now) else None
    shut = accepted is not None and fits and not may_here(accepted.roles)
    if accepted is None or shut:
        with storage.writing() as tx:
            AuditLog(tx).add(now, username, "sign_in.refused", f"user:{username}", attempt.address)
    if shut:
        raise Refused("accounts.by_company")
    if accepted is None:
        return None
    attempts.give_back(storage, counted, now)
    return accepted


def note_sign_in(storage: Storage, user: User, address: str, now: datetime) -> None:
    """They are in."""
    with storage.writing() as tx:
        AuditLog(tx).add(now, user.username, "sign_in", f"user:{user.username}", address)


def change_password(
    storage: Storage,
    user: User,
    current: str,
    new: str,
    now: datetime,
    session_id: int | None = None,
    known: Sequence[str] = (),
) -> User:
    """Give `user` a password of their own choice; all their sessions but `session_id` end. `known`: names of company
    and product, which stand in no password.

    Raises Refused (wrong current one) or UnfitPassword. No transaction is held while hashes are computed.
    """
    if not verify_password(user.password_hash, current):
        raise Refused("accounts.wrong_password")
    if new == current:
        raise UnfitPassword("accounts.password_same")
    require_fit_password(user.username, new, (user.display_name, *known))
    hashed = hash_password(new)
    with storage.writing() as tx:
        UserStore(tx).lock()
        stored = UserStore(tx).by_username(user.username)
        if stored is None or stored.id is None or stored.password_hash != user.password_hash:
            raise Refused("accounts.password_changed_meanwhile")
        changed = dataclasses.replace(stored, password_hash=hashed, must_change_password=False)
        UserStore(tx).update(changed)
        sessions.end_all(tx, stored.id, user.username, SessionEnd.PASSWORD_CHANGED, now, kept=session_id)
        AuditLog(tx).add(now, user.username, "user.change_password", f"user:{user.username}")
    return changed
