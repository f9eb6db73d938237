"""What an account must be like, told apart by reasons so that each screen can say it in its own language."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from hotline.domain.errors import Refused
from hotline.domain.records import Role, User
from hotline.domain.text import one_line
from hotline.storage.transaction import Transaction
from hotline.storage.users import UserStore

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")

MAX_NAME = 100


class UnfitAccount(Refused):
    """The account breaks a rule. `reason`: username, name, no_role, f5, f5_extension, extension_unknown,
    extension_taken, last_administrator."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


def require_fit_username(username: str) -> None:
    if not _USERNAME.fullmatch(username):
        raise UnfitAccount("username", f"a user name of a-z, 0-9, '.', '_' or '-' was expected, got {username!r}")


def plain_name(name: str, username: str) -> str:
    """The name as others see it: one line; the user name where there is none."""
    shown = one_line(name)
    if len(shown) > MAX_NAME:
        raise UnfitAccount("name", f"a name of at most {MAX_NAME} characters was expected")
    return shown or username


def require_fit_roles(roles: Sequence[Role], extension: str | None) -> None:
    """F5: who examines takes no calls, neither by role nor by an extension of their own."""
    if not roles:
        raise UnfitAccount("no_role", "at least one role was expected: " + ", ".join(Role))
    if Role.EXAMINER not in roles:
        return
    if Role.OPERATOR in roles:
        raise UnfitAccount("f5", "F5: nobody examines calls and takes them: operator or examiner, not both")
    if extension:
        raise UnfitAccount("f5_extension", "F5: an examiner takes no calls, and so has no extension")


def require_free_extension(tx: Transaction, extension: str | None, operators: Container[str], username: str) -> None:
    """It is an operator of the settings, and nobody else's."""
    if extension is None:
        return
    if extension not in operators:
        raise UnfitAccount("extension_unknown", f"there is no operator {extension} in the settings")
    holder = next((user.username for user in UserStore(tx).all() if user.extension == extension), username)
    if holder != username:
        raise UnfitAccount("extension_taken", f"{holder} has the extension {extension} already")


def require_another_administrator(tx: Transaction, user: User) -> None:
    """Somebody must be left to administer when `user` no longer does."""
    administrators = [u.id for u in UserStore(tx).all() if u.active and Role.ADMINISTRATOR in u.roles]
    if administrators == [user.id]:
        raise UnfitAccount(
            "last_administrator", f"{user.username} is the last active administrator: add another one first"
        )
