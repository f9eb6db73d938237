"""What may be written of a person, a team or a department."""

from __future__ import annotations

import dataclasses
import re
from typing import TypeVar

from hotline.domain import numbers
from hotline.domain.errors import Refused
from hotline.domain.numbers import NO_NUMBER, Number
from hotline.domain.staff.records import Department, Person, Team
from hotline.domain.text import one_line

#: A team or a department.
Unit = TypeVar("Unit", bound=Team)

MAX_NAME = 40
MAX_EMAIL = 255
#: As a tag of a language; "" is the site's.
LANGUAGES = ("", "zh", "en")

_EMAIL = re.compile(r"[^@\s<>\"',;]{1,64}@[^@\s<>\"',;]{1,190}")
_MOBILE = re.compile(r"\+861[3-9][0-9]{9}")


def checked_person(person: Person) -> Person:
    """With its texts made plain. Raises Refused."""
    if person.language not in LANGUAGES:
        raise Refused("staff.language", field="language")
    return dataclasses.replace(person, name=plain_name(person.name), email=plain_email(person.email))


def checked_unit(unit: Unit) -> Unit:
    """With its texts made plain. Raises Refused."""
    if unit.leader_id is not None and unit.leader_id == unit.deputy_id:
        raise Refused("staff.own_deputy", field="deputy")
    changes = {"name": plain_name(unit.name)}
    if isinstance(unit, Department):
        changes["email"] = plain_email(unit.email)
    return dataclasses.replace(unit, **changes)  # type: ignore[arg-type]  # both are texts


def plain_name(name: str) -> str:
    plain = one_line(name)
    if not 1 <= len(plain) <= MAX_NAME:
        raise Refused("staff.name", most=MAX_NAME, field="name")
    return plain


def plain_email(written: str) -> str:
    plain = one_line(written)
    if plain and (len(plain) > MAX_EMAIL or not _EMAIL.fullmatch(plain)):
        raise Refused("staff.email", field="email")
    return plain


def mobile_of(written: str) -> Number:
    """In E.164; nothing for nothing. Raises Refused for what is no mobile of mainland China: no message reaches it."""
    if not written.strip():
        return NO_NUMBER
    found = numbers.normalise(written)
    if not _MOBILE.fullmatch(found):
        raise Refused("staff.mobile", field="mobile")
    return found


def phone_of(written: str) -> Number:
    """In E.164; nothing for nothing. Raises Refused."""
    if not written.strip():
        return NO_NUMBER
    found = numbers.normalise(written)
    if not found:
        raise Refused("staff.phone", field="phone")
    return found
