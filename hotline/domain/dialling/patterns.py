"""The numbers of mainland China that may be dialled without more ado (A17), as patterns of Asterisk's dialplan: page
and dialplan go by the same ones."""

from __future__ import annotations

import re

#: Of what is dialled, digits alone. Mobiles but for satellite phones, so that no order of patterns matters; fixed lines
#: behind their area code. 400, 800 and 95 are no area codes, and no subscriber's number begins with 0, 1 or 9: services
#: have no place here.
PLAIN_PATTERNS = (
    "13[0-35-9]XXXXXXXX",
    "134[0-8]XXXXXXX",
    "17[0-35-9]XXXXXXXX",
    "1[4-689]XXXXXXXXX",
    "010[2-8]XXXXXXX",
    "02[0-57-9][2-8]XXXXXXX",
    "0[3-9][1-9]X[2-8]XXXXXX",
    "0[3-9][1-9]X[2-8]XXXXXXX",
    "090[1-9][2-8]XXXXXX",
    "090[1-9][2-8]XXXXXXX",
)

#: Satellite phones with a mobile's number.
SATELLITE_PATTERNS = ("1349XXXXXXX", "174XXXXXXXX")

_SETS = {"X": "[0-9]", "Z": "[1-9]", "N": "[2-9]"}


def matches(pattern: str, digits: str) -> bool:
    """Whether Asterisk's `pattern` (without its "_") is the whole of `digits`."""
    return re.fullmatch("".join(_SETS.get(sign, sign) for sign in pattern), digits, re.ASCII) is not None


def is_satellite(digits: str) -> bool:
    return any(matches(pattern, digits) for pattern in SATELLITE_PATTERNS)


def is_plain(digits: str) -> bool:
    """Whether these digits, as they are dialled, lead to a mobile or fixed line in mainland China."""
    return any(matches(pattern, digits) for pattern in PLAIN_PATTERNS)
