"""Who is meant by the words of the settings: roles, and what features tell in a module `audiences` of theirs."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from hotline.discovery import gathered, together
from hotline.domain.people import Role
from hotline.settings import Settings
from hotline.storage.accounts.users import UserStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Transaction


def persons_of(tx: Transaction, settings: Settings, names: Iterable[str], now: datetime) -> list[int]:
    """Ids of persons, each once."""
    found: dict[int, None] = {}
    special = together(gathered("hotline.services", "audience", "AUDIENCES", dict))
    for name in names:
        ids = special[name](tx, settings, now) if name in special else _with_role(tx, name, now)
        found |= dict.fromkeys(ids)
    return list(found)


def _with_role(tx: Transaction, role: str, now: datetime) -> Collection[int]:
    users = {user.id for user in UserStore(tx).all() if user.may_enter(now) and Role(role) in user.roles}
    return [each.id or 0 for each in StaffStore(tx).all() if each.user_id in users]
