"""Who may sign in: the first administrator, the list, what each may do, leaving and coming back.

Signing in is `accounts`."""

from __future__ import annotations

import dataclasses
from collections.abc import Container, Sequence
from datetime import datetime
from hashlib import sha256

from hotline.domain.accounts.session import SessionEnd
from hotline.domain.accounts.user import User
from hotline.domain.errors import Conflict, NotFound, Outdated, Refused
from hotline.domain.people import Role
from hotline.domain.pinyin import spelt_out
from hotline.domain.rights.given import FIRST_ACCOUNT
from hotline.services.accounts import sessions
from hotline.services.accounts.account_rules import (
    UnfitAccount,
    administers,
    plain_name,
    require_another_administrator,
    require_fit_end,
    require_fit_roles,
    require_free_extension,
)
from hotline.services.accounts.accounts import add_user, keep_person
from hotline.storage.accounts.users import UserStore
from hotline.storage.audit import AuditLog
from hotline.storage.transaction import Storage, Transaction

FIRST_USERNAME = "admin"


def create_first_administrator(storage: Storage, now: datetime) -> tuple[str, str] | None:
    """(user name, generated password) of a new administrator; None when there are users already."""
    with storage.reading() as tx:
        if UserStore(tx).count() > 0:
            return None
    try:
        user, password = add_user(storage, FIRST_USERNAME, "管理员", FIRST_ACCOUNT, now, "first start")
    except (Conflict, Refused):  # another process was quicker
        return None
    return user.username, password


def list_users(storage: Storage) -> list[User]:
    """By user name, the deactivated too."""
    with storage.reading() as tx:
        return UserStore(tx).all()


def count_users(storage: Storage) -> int:
    """The deactivated too. Raises StorageError when the database does not answer."""
    with storage.reading() as tx:
        return UserStore(tx).count()


def user_of(storage: Storage, username: str) -> User:
    """Raises NotFound."""
    with storage.reading() as tx:
        return _find(tx, username)


def user_by_id(storage: Storage, user_id: int) -> User | None:
    with storage.reading() as tx:
        return UserStore(tx).by_id(user_id)


def set_active(storage: Storage, username: str, active: bool, now: datetime, by: str) -> User:
    """Let somebody in again, or no longer; what they did stays under their name.

    Raises NotFound, and UnfitAccount where nobody would be left to administer.
    """
    with storage.writing() as tx:
        UserStore(tx).lock()
        user = _find(tx, username)
        if not active:
            require_another_administrator(tx, user)
            assert user.id is not None
            sessions.end_all(tx, user.id, by, SessionEnd.DEACTIVATED, now)
        changed = dataclasses.replace(user, active=active)
        UserStore(tx).update(changed)
        keep_person(tx, changed, now, by)
        AuditLog(tx).add(now, by, "user.activate" if active else "user.deactivate", f"user:{username}")
    return changed


def edit_user(
    storage: Storage,
    username: str,
    display_name: str,
    roles: tuple[Role, ...],
    extension: str | None,
    operators: Container[str],
    now: datetime,
    by: str,
    expires_at: datetime | None = None,
    seen: str | None = None,
) -> User:
    """Give somebody another name, other roles, another extension (one of `operators`, or none), another end. `seen`:
    the mark of the account that whoever changes it had before them.

    Who loses a role or has another extension is signed out: what their browser was shown as such must not go on.
    Raises NotFound, UnfitAccount, and Outdated when somebody else has changed it since.
    """
    require_fit_roles(roles, extension)
    name = plain_name(display_name, username)
    with storage.writing() as tx:
        UserStore(tx).lock()
        user = _find(tx, username)
        if seen is not None and seen != mark(user):
            raise Outdated("accounts.changed_meanwhile")
        require_fit_end(roles, expires_at, now, before=user.expires_at)
        if not administers(roles, expires_at):
            require_another_administrator(tx, user)
        require_free_extension(tx, extension, operators, username)
        changed = dataclasses.replace(user, display_name=name, roles=roles, extension=extension, expires_at=expires_at)
        store_edited(tx, user, changed, now, by)
    return changed


def mark(user: User) -> str:
    """Two accounts that may do alike have the same: no right that was taken comes back by a page that was open."""
    told = (user.display_name, sorted(user.roles), user.extension, user.expires_at, user.active)
    return sha256(repr(told).encode()).hexdigest()[:16]


def keep_own_administration(
    storage: Storage, username: str, by: str, roles: Sequence[Role] = (), expires_at: datetime | None = None
) -> None:
    """Whoever administers does not take that from themselves on a page, which could lock them out: another one does.
    `roles`, `expires_at`: what they would have. Raises NotFound, UnfitAccount."""
    with storage.reading() as tx:
        user = _find(tx, username)
        if by == username and administers(user.roles, user.expires_at) and not administers(roles, expires_at):
            require_another_administrator(tx, user)
            raise UnfitAccount("accounts.own_administration", field="roles")


def store_edited(tx: Transaction, user: User, changed: User, now: datetime, by: str) -> None:
    """`user` is from now on as `changed`, and signed out where `edit_user` says so. Who calls it has looked at the
    rules of accounts."""
    UserStore(tx).update(changed)
    keep_person(tx, changed, now, by)
    if not set(user.roles) <= set(changed.roles) or user.extension not in (None, changed.extension):
        assert user.id is not None
        sessions.end_all(tx, user.id, by, SessionEnd.RIGHTS_CHANGED, now)
    AuditLog(tx).add(now, by, "user.edit", f"user:{user.username}", _difference(user, changed))


def _difference(before: User, after: User) -> str:
    """What has changed, for the audit log."""
    pairs = {
        "name": (before.display_name, after.display_name),
        "roles": (" ".join(before.roles), " ".join(after.roles)),
        "extension": (before.extension or "-", after.extension or "-"),
        "end": tuple(user.expires_at.isoformat() if user.expires_at else "-" for user in (before, after)),
    }
    return "; ".join(f"{what}: {old} → {new}" for what, (old, new) in pairs.items() if old != new)


def _find(tx: Transaction, username: str) -> User:
    user = UserStore(tx).by_username(username)
    if user is None:
        raise NotFound("accounts.no_user", username=username)
    return user


def free_username(storage: Storage, display_name: str) -> str:
    """A user name for somebody of this name that nobody has: zhaomin, else zhaomin2… "" where the name has no sound."""
    spelt = spelt_out(display_name)[:60]
    with storage.reading() as tx:
        taken = {user.username for user in UserStore(tx).all()}
    wanted = (spelt, *(f"{spelt}{number}" for number in range(2, len(taken) + 2)))
    return next(each for each in wanted if each not in taken) if spelt else ""
