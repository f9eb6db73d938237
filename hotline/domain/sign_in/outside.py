"""Somebody whom the company's own accounts vouch for, and which roles follow from their groups there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hotline.domain.people import Role


@dataclass(frozen=True, slots=True)
class Outside:
    """`provider`: who vouches, `subject`: what they are called there for good. `username`: what they sign in with
    there, which may pass to somebody else; `mail`: "" where the provider has not verified it."""

    provider: str
    subject: str
    username: str
    name: str
    mail: str
    groups: frozenset[str]


def roles_of(groups: Iterable[str], granted: Mapping[str, Iterable[str]]) -> tuple[Role, ...]:
    """`granted`: by role, the groups whose members have it. The case of a group does not count, as in directories."""
    held = {each.casefold() for each in groups}
    return tuple(role for role in Role if held & {each.casefold() for each in granted.get(role.value, ())})


def username_from(outside_name: str) -> str:
    """As our user names are: small, without the part behind an @; "" where nothing is left."""
    plain = unicodedata.normalize("NFKC", outside_name).partition("@")[0].strip().lower()
    return re.sub(r"[^a-z0-9._-]+", "-", plain).strip("._-")[:64]


def plain_mail(address: str) -> str:
    return unicodedata.normalize("NFKC", address).strip().casefold()[:254]
