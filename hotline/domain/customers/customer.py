"""A customer: a person with one or more numbers, and how that person wants to be reached (E3, E10)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from hotline.domain import numbers
from hotline.domain.number_text import visible
from hotline.domain.numbers import Number
from hotline.domain.reasons import Unfit
from hotline.domain.text import one_line, several_lines

#: The longest that a field of a customer may be; notes are longer.
MAX_FIELD = 200
MAX_NOTE = 10_000
MAX_NUMBERS = 50

_EXTENSION = re.compile(
    r"^(?P<number>.*?[0-9)].*?)[\s,，;；]*(?:(?:转|分机|ext(?:ension)?\.?|x|;ext=|#|,|，)[\s:：]*)+(?P<extension>[0-9]{1,6})$",
    re.IGNORECASE | re.DOTALL,
)
_DASHED = re.compile(r"^(?P<number>.*[0-9)])\s*[-\u2010-\u2015]\s*(?P<extension>[0-9]{1,6})$", re.DOTALL)
#: An address at all; whether somebody reads there, only a mail can tell.
_MAIL = re.compile(r"^[^@\s<>\"']{1,64}@[^@\s<>\"']{1,190}$")


_LEVEL = re.compile(r"[a-z][a-z0-9_-]{0,31}")


class PreferredWay(StrEnum):
    """E3: by which way this person may be asked how it went; NONE: not at all."""

    PHONE = "phone"
    SMS = "sms"
    MAIL = "mail"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class CustomerNumber:
    """`extension`: behind `number`, if any; `label` what it is (home, work…)."""

    number: numbers.Number
    extension: str = ""
    label: str = ""
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Customer:
    """`merged_into`: the customer that this one turned out to be. `consent_at`: when they agreed to be asked for
    their opinion afterwards. `do_not_call` (E10): nobody dials them. `level`: of [customers.levels], "" the usual one.
    `version` grows with every change."""

    name: str = ""
    company: str = ""
    region: str = ""
    address: str = ""
    mail: str = ""
    preferred_way: PreferredWay = PreferredWay.PHONE
    do_not_call: bool = False
    level: str = ""
    consent_at: datetime | None = None
    note: str = ""
    numbers: tuple[CustomerNumber, ...] = ()
    merged_into: int | None = None
    version: int = 1
    created_at: datetime | None = None
    updated_at: datetime | None = None
    updated_by: str = ""
    id: int | None = None

    @property
    def whole_numbers(self) -> frozenset[Number]:
        """Without extensions: what a call shows."""
        return frozenset(number.number for number in self.numbers)


#: What people write into; everything else about a customer follows from what is done with it.
WRITTEN = (
    "name",
    "company",
    "region",
    "address",
    "mail",
    "preferred_way",
    "do_not_call",
    "level",
    "consent_at",
    "note",
)


def read_number(written: str, label: str = "", outside_prefixes: Sequence[str] = ()) -> CustomerNumber:
    """A number in any Chinese writing with its extension: 010-88886666 转 801, 01088886666-801, +86…ext.801.

    Raises ValueError for what is none; a landline needs its area code.
    """
    number, extension = split_extension(written)
    whole = numbers.normalise(number, outside_prefixes)
    if not whole:
        raise Unfit("customers.number", field="number")
    return CustomerNumber(whole, extension, one_line(label))


def split_extension(written: str) -> tuple[str, str]:
    """`written` without its extension, and the extension ("" for none).

    A dash parts an extension from a number only if with it there is no number: 021-6666-8888 has none.
    """
    text = visible(written[:256]).strip()[:80]
    found = _EXTENSION.match(text)
    if found is None and not numbers.normalise(text):
        found = _DASHED.match(text)
        if found is not None and not numbers.normalise(found["number"]):
            found = None
    return (found["number"].strip(), found["extension"]) if found else (text, "")


def as_written(number: CustomerNumber, masked: bool) -> str:
    """01088886666-801, or 138****8000 for eyes that need not have it whole (A14)."""
    shown = numbers.mask(number.number) if masked else numbers.as_dialled(number.number)
    return f"{shown}-{number.extension}" if number.extension else shown


def checked(customer: Customer) -> Customer:
    """`customer` with its texts made plain. Raises ValueError saying which field and what was expected."""
    plain = replace(
        customer,
        note=several_lines(customer.note),
        name=one_line(customer.name),
        company=one_line(customer.company),
        region=one_line(customer.region),
        address=one_line(customer.address),
        mail=one_line(customer.mail),
    )
    for field in ("name", "company", "region", "address", "mail"):
        if len(getattr(plain, field)) > MAX_FIELD:
            raise Unfit("customers.too_long", most=MAX_FIELD, field=field)
    if len(plain.note) > MAX_NOTE:
        raise Unfit("customers.too_long", most=MAX_NOTE, field="note")
    if plain.level and not _LEVEL.fullmatch(plain.level):
        raise Unfit("customers.level", field="level")
    if plain.mail and not _MAIL.match(plain.mail):
        raise Unfit("customers.mail", field="mail")
    if plain.preferred_way is PreferredWay.MAIL and not plain.mail:
        raise Unfit("customers.way_needs_mail", field="preferred_way")
    return plain


def merged(kept: Customer, other: Customer) -> Customer:
    """What is written of `kept` once `other` turned out to be the same person: gaps are filled from the other, and
    nobody's will is lost: who did not want to be called is not called (E3, E10)."""
    gaps = {
        field: getattr(kept, field) or getattr(other, field)
        for field in ("name", "company", "region", "address", "mail", "level", "consent_at")
    }
    way = kept.preferred_way if kept.preferred_way is not PreferredWay.PHONE else other.preferred_way
    if PreferredWay.NONE in (kept.preferred_way, other.preferred_way):
        way = PreferredWay.NONE
    note = "\n".join(dict.fromkeys(text for text in (kept.note, other.note) if text))[:MAX_NOTE]
    return replace(kept, **gaps, preferred_way=way, do_not_call=kept.do_not_call or other.do_not_call, note=note)
