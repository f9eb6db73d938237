"""Who may sign in: the first administrator, the list, leaving and coming back. Signing in is `accounts`."""

from __future__ import annotations

import dataclasses
from datetime import datetime

from hotline.domain.records import Role, User
from hotline.services.accounts import add_user
from hotline.services.errors import Conflict, NotFound, Refused
from hotline.services.ports import Storage, Work

FIRST_USERNAME = "admin"
FIRST_ROLES = (Role.ADMINISTRATOR, Role.SUPERVISOR)


def create_first_administrator(storage: Storage, now: datetime) -> tuple[str, str] | None:
    """(user name, generated password) of a new administrator; None when there are users already."""
    with storage.reading() as work:
        if work.users.count() > 0:
            return None
    try:
        user, password = add_user(storage, FIRST_USERNAME, "管理员", FIRST_ROLES, now, "first start")
    except (Conflict, Refused):  # another process was quicker
        return None
    return user.username, password


def list_users(storage: Storage) -> list[User]:
    """By user name, the deactivated too."""
    with storage.reading() as work:
        return work.users.all()


def set_active(storage: Storage, username: str, active: bool, now: datetime, by: str) -> User:
    """Let somebody in again, or no longer; what they did stays under their name.

    Raises NotFound, and Refused where nobody would be left to administer.
    """
    with storage.writing() as work:
        user = work.users.by_username(username)
        if user is None:
            raise NotFound(f"there is no user {username}")
        if not active and _is_last_administrator(work, user):
            raise Refused(f"{username} is the last active administrator: add another one first")
        changed = dataclasses.replace(user, active=active)
        work.users.update(changed)
        work.audit.add(now, by, "user.activate" if active else "user.deactivate", f"user:{username}")
    return changed


def _is_last_administrator(work: Work, user: User) -> bool:
    administrators = [u.id for u in work.users.all() if u.active and Role.ADMINISTRATOR in u.roles]
    return administrators == [user.id]
