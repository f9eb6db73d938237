"""Numbers that are turned away by how they begin (A15): the block of numbers of who calls from ever another one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.numbers import Number, as_dialled

#: Stands behind what a number begins with.
ANY = "*"

_WRITTEN = re.compile(r"^(\+|00)?([0-9]+)\*$")
_MOBILE = re.compile(r"^1[3-9]")
#: 950, 4001, 12: service numbers of a kind, from the third digit on.
_SERVICE = re.compile(r"^(9[56][0-9]|[48]00|1[0-2][0-9])")

#: Shorter ones would turn away a whole operator or city: a mobile's segment has seven digits, a fixed number's exchange
#: as many with its area code.
_LEAST_OF_A_LINE = 7


@dataclass(frozen=True, slots=True)
class BlockedPrefix:
    """`prefix`: how the numbers begin, as they are dialled from here; + and the country's code abroad. No `expires_at`:
    until lifted."""

    prefix: str
    reason: str
    blocked_by: str
    created_at: datetime
    expires_at: datetime | None = None
    id: int | None = None
    lifted_at: datetime | None = None

    @property
    def written(self) -> str:
        return f"{self.prefix}{ANY}"

    def fits(self, number: Number) -> bool:
        return as_dialled(number).startswith(self.prefix)


def is_prefix(text: str) -> bool:
    """Whether somebody means numbers that begin so, and not one number."""
    return text.strip().endswith(ANY)


def read_prefix(text: str) -> str:
    """ "1381234*", "0755 123*", "950*", "+1*", as numbers are dialled from here; "" for what is none, or too short."""
    written = _WRITTEN.match(re.sub(r"[\s\-().]", "", text))
    if written is None:
        return ""
    abroad, digits = written[1], written[2]
    if abroad and not digits.startswith("86"):
        return f"+{digits}"
    if abroad:
        digits = digits.removeprefix("86")
        digits = digits if _MOBILE.match(digits) else f"0{digits.lstrip('0')}"
    of_a_line = digits.startswith("0") or _MOBILE.match(digits) is not None
    if of_a_line:
        return digits if len(digits) >= _LEAST_OF_A_LINE else ""
    return digits if _SERVICE.match(digits) else ""
