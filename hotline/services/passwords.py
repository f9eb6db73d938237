"""Passwords of people: argon2id hashes, and what a new password must be."""

from __future__ import annotations

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from hotline.services.errors import Refused

MIN_LENGTH = 10
#: argon2 reads all of it, so an endless one would be a way to keep the machine busy.
MAX_LENGTH = 256

#: Letters and digits that are not taken for one another when read aloud or copied by hand.
_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"

_hasher = PasswordHasher()


class UnfitPassword(Refused):
    """The new password breaks a rule. `reason`: short, long, simple, username or same."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


def generate_password() -> str:
    """A first password to be read off a screen: four groups of four, 79 bits."""
    return "-".join("".join(secrets.choice(_READABLE) for _ in range(4)) for _ in range(4))


def hash_password(password: str) -> str:
    return _hasher.hash(password)


def verify_password(password_hash: str, password: str) -> bool:
    """Whether this is the password; an unreadable hash fits none."""
    if len(password) > MAX_LENGTH:
        return False
    try:
        return _hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def require_fit_password(username: str, password: str) -> None:
    """Raises UnfitPassword, saying what was expected: length counts, composition rules do not (NIST SP 800-63B)."""
    if len(password) < MIN_LENGTH:
        raise UnfitPassword("short", f"a password of at least {MIN_LENGTH} characters was expected")
    if len(password) > MAX_LENGTH:
        raise UnfitPassword("long", f"a password of at most {MAX_LENGTH} characters was expected")
    if len(set(password)) < 4:
        raise UnfitPassword("simple", "a password of at least 4 different characters was expected")
    if username and username.casefold() in password.casefold():
        raise UnfitPassword("username", "a password that does not contain the user name was expected")
