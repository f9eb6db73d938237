"""What a search for customers means: a number in any spelling, part of a number, or words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hotline.domain import numbers
from hotline.domain.customers.customer import Customer, split_extension
from hotline.domain.rights.seeing import number_asked
from hotline.domain.text import one_line

#: Fewer digits are in too many numbers to say anything.
MIN_DIGITS = 3
MAX_QUERY = 64

#: So few may be a landline without its area code (31095000 is one in Beijing, and 0310-95000 too) or the end of a
#: mobile; a whole number that short is found as a part of itself.
LOCAL_DIGITS = 8

_ONLY_DIGITS = re.compile(r"^[0-9]+$", re.ASCII)


@dataclass(frozen=True, slots=True)
class CustomerQuery:
    """`number`: whole, E.164. `digits`: a part of a number (the last four, a landline without its area code). `end`:
    its last digits. `nobody`: digits that find nobody, whoever has them.
    `extension`: written behind either. `words`: each of them stands in name, company, note, region, address, mail or
    in a form. No field set: everybody is meant."""

    number: str = ""
    digits: str = ""
    end: str = ""
    nobody: bool = False
    extension: str = ""
    words: tuple[str, ...] = ()

    @property
    def everybody(self) -> bool:
        return not (self.number or self.digits or self.end or self.nobody or self.words)


@dataclass(frozen=True, slots=True)
class CustomerPage:
    """Best fit first. `total` counts all that the query finds."""

    customers: tuple[Customer, ...]
    total: int


def read_query(written: str, parts: bool = True, whole_too: bool = True) -> CustomerQuery:
    """The query that `written` is. Nothing raises: what is no number is words. Without `parts`, a number is found by
    all its digits or the last four, and other digits find nobody (A14); not `whole_too`: by the last four alone."""
    text = one_line(written)[:MAX_QUERY]
    if not text:
        return CustomerQuery()
    number, extension = split_extension(written)
    whole = numbers.normalise(number)
    digits = re.sub(r"[\s().-]", "", number) if whole else numbers.search_term(number).lstrip("+")
    if not parts and _ONLY_DIGITS.match(digits) and len(digits) >= MIN_DIGITS:
        asked = number_asked(number, whole_too)
        return CustomerQuery(number=asked.whole, end=asked.end, extension=extension, nobody=not asked)
    if whole and not (_ONLY_DIGITS.match(digits) and len(digits) <= LOCAL_DIGITS):
        return CustomerQuery(number=whole, extension=extension)
    if _ONLY_DIGITS.match(digits) and len(digits) >= MIN_DIGITS:
        return CustomerQuery(digits=digits, extension=extension)
    return CustomerQuery(words=tuple(dict.fromkeys(text.split()))[:8])
