"""What an account must be like. Each refusal has a reason that screens put into their language."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from datetime import datetime

from hotline.domain.accounts.user import User
from hotline.domain.errors import Refused
from hotline.domain.people import Role
from hotline.domain.rights import given
from hotline.domain.rights.acts import Act, may
from hotline.domain.text import one_line
from hotline.storage.accounts.users import UserStore
from hotline.storage.transaction import Transaction

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")

MAX_NAME = 100


class UnfitAccount(Refused):
    """The account breaks a rule; it is about `field`: username, display_name, roles, extension or expires_at."""


def require_fit_username(username: str) -> None:
    if not _USERNAME.fullmatch(username):
        raise UnfitAccount("accounts.username", got=username[:64], field="username")


def plain_name(name: str, username: str) -> str:
    """The name as others see it: one line; the user name where there is none."""
    shown = one_line(name)
    if len(shown) > MAX_NAME:
        raise UnfitAccount("accounts.display_name", most=MAX_NAME, field="display_name")
    return shown or username


def require_fit_roles(roles: Sequence[Role], extension: str | None) -> None:
    """F5: who examines takes no calls, neither by role nor by an extension of their own. Who audits does nothing."""
    if not roles:
        raise UnfitAccount("accounts.no_role", roles=tuple(Role), field="roles")
    if given.examines_and_handles(roles):
        raise UnfitAccount("accounts.examines_and_calls", field="roles")
    if given.audits_and_more(roles):
        raise UnfitAccount("accounts.audits_and_more", field="roles")
    if extension and given.has_no_phone(roles):
        raise UnfitAccount("accounts.examiner_extension", field="extension")


def require_fit_end(
    roles: Sequence[Role], expires_at: datetime | None, now: datetime, before: datetime | None = None
) -> None:
    """An auditor's account has an end; whoever's end it is, it lies ahead, or stays as it was `before`."""
    if expires_at is None and given.expires(roles):
        raise UnfitAccount("accounts.auditor_ends", field="expires_at")
    if expires_at is not None and expires_at != before and expires_at <= now:
        raise UnfitAccount("accounts.ends_ahead", field="expires_at")


def require_free_extension(tx: Transaction, extension: str | None, operators: Container[str], username: str) -> None:
    """It is an operator of the settings, and nobody else's."""
    if extension is None:
        return
    if extension not in operators:
        raise UnfitAccount("accounts.extension_unknown", extension=extension, field="extension")
    holder = UserStore(tx).of_extension(extension)
    if holder is not None and holder.username != username:
        raise UnfitAccount("accounts.extension_taken", extension=extension, username=holder.username, field="extension")


def administers(roles: Sequence[Role], expires_at: datetime | None) -> bool:
    """For good: without an end."""
    return expires_at is None and may(Act.ADMINISTER_ACCOUNTS, roles)


def require_another_administrator(tx: Transaction, user: User) -> None:
    """Somebody must be left to administer when `user` no longer does, for good."""
    administrators = [u.id for u in UserStore(tx).all() if u.active and administers(u.roles, u.expires_at)]
    if administrators == [user.id]:
        raise UnfitAccount("accounts.last_administrator", username=user.username, field="roles")
