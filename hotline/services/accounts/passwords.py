"""Passwords of people: argon2id hashes, and what a new password must be."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Sequence

from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import InvalidHashError, VerificationError

from hotline.domain.errors import Refused

MIN_LENGTH = 10
#: argon2 reads all of it, so an endless one would be a way to keep the machine busy.
MAX_LENGTH = 256

#: Whoever tries the likeliest first would need so many tries.
_FEWEST_GUESSES = 10**8
#: What lies behind is not looked at: the time taken grows with the square of the length.
_LOOKED_AT = 72

#: Letters and digits that are not taken for one another when read aloud or copied by hand.
_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"

_hasher = PasswordHasher()
#: For generated passwords alone: at 79 bits nobody tries them all, however quick one try is.
_quick = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)


class UnfitPassword(Refused):
    """The new password breaks a rule."""


def generate_password() -> str:
    """A first password to be read off a screen: four groups of four, 79 bits."""
    return "-".join("".join(secrets.choice(_READABLE) for _ in range(4)) for _ in range(4))


def hash_password(password: str) -> str:
    return _hasher.hash(password)


def hash_generated(password: str) -> str:
    """Of one that `generate_password` made: in a millisecond, for a table of thousands of people."""
    return _quick.hash(password)


def verify_password(password_hash: str, password: str) -> bool:
    """Whether this is the password; an unreadable hash fits none. It takes as long whichever way the hash was made, so
    that the time does not tell who has not signed in yet."""
    if len(password) > MAX_LENGTH:
        return False
    try:
        if _is_quick(password_hash):
            _hasher.hash(password)
        return _hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def _is_quick(password_hash: str) -> bool:
    return extract_parameters(password_hash).memory_cost == _quick.memory_cost


def require_fit_password(username: str, password: str, known: Sequence[str] = ()) -> None:
    """Raises UnfitPassword, saying what was expected: length counts, composition rules do not (NIST SP 800-63B).

    `known`: what everybody here would guess first: the names of the person, the company and the product.
    """
    if len(password) < MIN_LENGTH:
        raise UnfitPassword("accounts.password_short", least=MIN_LENGTH)
    if len(password) > MAX_LENGTH:
        raise UnfitPassword("accounts.password_long", most=MAX_LENGTH)
    if len(set(password)) < 4:
        raise UnfitPassword("accounts.password_simple")
    if username and username.casefold() in password.casefold():
        raise UnfitPassword("accounts.password_username")
    words = _words(known)
    if any(word in _plain(password) for word in words):
        raise UnfitPassword("accounts.password_known")
    if _is_guessed_soon(password, [username, *words]):
        raise UnfitPassword("accounts.password_common")


def _is_guessed_soon(password: str, known: Sequence[str]) -> bool:
    """Whether it is a common password, or made of common ones, names, dates, rows of keys and repetitions."""
    from zxcvbn import zxcvbn  # its lists are read when the first password is chosen, not at every start

    return zxcvbn(password[:_LOOKED_AT], user_inputs=list(known), max_length=_LOOKED_AT)["guesses"] < _FEWEST_GUESSES


def _words(known: Sequence[str]) -> list[str]:
    """As written and as spelt in Latin letters; what is shorter stands in too many passwords by chance."""
    from pypinyin import lazy_pinyin  # here: it loads 50,000 words, and most processes ask for none

    spelt = {_plain(word) for word in known} | {"".join(lazy_pinyin(word)).casefold() for word in known}
    return sorted(word for word in spelt if len(word) >= (4 if word.isascii() else 2))


def _plain(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text).casefold())
