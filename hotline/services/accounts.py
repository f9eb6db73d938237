"""People who sign in: adding one, signing in, a new password."""

from __future__ import annotations

import dataclasses
import functools
import re
from datetime import datetime

from hotline.domain.records import Role, User
from hotline.services.errors import Conflict, NotFound, Refused
from hotline.services.passwords import (
    UnfitPassword,
    generate_password,
    hash_password,
    require_fit_password,
    verify_password,
)
from hotline.services.ports import Storage

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


@functools.cache
def _nobody() -> str:
    """Verified against when there is no such user, so that the time taken does not tell which names exist."""
    return hash_password(generate_password())


def add_user(storage: Storage, username: str, display_name: str, roles: tuple[Role, ...], now: datetime,
             by: str) -> tuple[User, str]:
    """Add somebody with a generated first password, which they must change. Returns both.

    Raises Refused for an unfit user name or without a role, Conflict for a taken user name.
    """
    if not _USERNAME.fullmatch(username):
        raise Refused(f"a user name of a-z, 0-9, '.', '_' or '-' was expected, got {username!r}")
    if not roles:
        raise Refused("at least one role was expected: " + ", ".join(Role))
    password = generate_password()
    user = User(username=username, display_name=display_name.strip() or username, roles=roles, active=True,
                password_hash=hash_password(password), must_change_password=True, created_at=now)
    with storage.writing() as work:
        if work.users.by_username(username):
            raise Conflict(f"the user name {username} is taken")
        user = work.users.add(user)
        work.audit.add(now, by, "user.add", f"user:{username}", " ".join(roles))
    return user, password


def reset_password(storage: Storage, username: str, now: datetime, by: str) -> str:
    """A new generated password, which must be changed at the next sign-in; all sessions of theirs end.

    Raises NotFound.
    """
    password = generate_password()
    hashed = hash_password(password)
    with storage.writing() as work:
        user = work.users.by_username(username)
        if user is None:
            raise NotFound(f"there is no user {username}")
        work.users.update(dataclasses.replace(user, password_hash=hashed, must_change_password=True))
        work.audit.add(now, by, "user.reset_password", f"user:{username}")
    return password


def sign_in(storage: Storage, username: str, password: str, now: datetime) -> User | None:
    """The user, if they are active and this is their password; the attempt goes into the audit log.

    No transaction is held while the hash is computed.
    """
    username = "".join(c if c.isprintable() else "?" for c in username.strip().lower()[:64])
    with storage.reading() as work:
        user = work.users.by_username(username)
    fits = verify_password(user.password_hash if user else _nobody(), password)
    accepted = user if user and fits and user.active else None
    with storage.writing() as work:
        action = "sign_in" if accepted else "sign_in.refused"
        work.audit.add(now, username, action, f"user:{username}")
    return accepted


def change_password(storage: Storage, user: User, current: str, new: str, now: datetime) -> User:
    """Give `user` a password of their own choice. Raises Refused (wrong current one) or UnfitPassword."""
    if not verify_password(user.password_hash, current):
        raise Refused("the current password is wrong")
    if new == current:
        raise UnfitPassword("same", "a password other than the current one was expected")
    require_fit_password(user.username, new)
    changed = dataclasses.replace(user, password_hash=hash_password(new), must_change_password=False)
    with storage.writing() as work:
        work.users.update(changed)
        work.audit.add(now, user.username, "user.change_password", f"user:{user.username}")
    return changed
