"""A number as it was typed or sent by the carrier, without what clipboards and SIP put around it.

Nothing here raises on any input.
"""

from __future__ import annotations

import re
import unicodedata

#: The longest text worth reading: "+86 (0) 10-8888-6666 转 12345" and the like; more is no number.
MAX_LENGTH = 48
#: With the scheme, the parameters and the host of an address, and characters that nobody sees.
_MAX_RAW_LENGTH = 256

#: What a text too long to be a number becomes.
TOO_LONG = "?"

_ADDRESS = re.compile(r"^(?:sips?|tel):([^@>]*)", re.IGNORECASE)
_PARAMETERS = re.compile(r"^([^;]*?)((?:;[a-z][a-z0-9-]*(?:=[^;]*)?)+)$", re.IGNORECASE)
_CONTEXT = re.compile(r";phone-context=(\+[0-9]{1,7})(?:;|$)", re.IGNORECASE)
#: Written like a parameter, but people mean an extension.
_EXTENSION = re.compile(r"^;ext=[0-9]{1,6}$", re.IGNORECASE)

#: Variation selectors and the frame of a keycap emoji: they change how a digit looks.
_DECORATIONS = re.compile("[\ufe00-\ufe0f\u20e3\U000e0100-\U000e01ef]")


def spelled(written: str) -> str:
    """`written` in plain characters: the user part of an address without its parameters, digits and signs of any width
    as ASCII, every dash a hyphen, every blank a space, and nothing that cannot be seen."""
    if len(written) > _MAX_RAW_LENGTH:
        return TOO_LONG
    text = visible(written).strip()
    address = _ADDRESS.match(text.strip("<>"))
    text = _without_parameters(address.group(1).strip() if address else text)
    return text if len(text) <= MAX_LENGTH else TOO_LONG


def visible(written: str) -> str:
    """`written` as it looks: what a clipboard brings along unseen (direction marks, zero-width characters, soft
    hyphens) is left out, and look-alikes of ASCII signs and digits become them."""
    return "".join(map(_plain, _DECORATIONS.sub("", unicodedata.normalize("NFKC", written))))


def _plain(character: str) -> str:
    if character.isascii():
        return " " if character == "\t" else character
    category = unicodedata.category(character)
    if category == "Cf":
        return ""
    if category == "Pd" or character == "\u2212":
        return "-"
    if category == "Nd":
        return str(unicodedata.decimal(character))
    return " " if category == "Zs" else character


def _without_parameters(text: str) -> str:
    """RFC 3966: `;cpc=…`, `;npdi`, `;rn=…` say something about the number; `;phone-context=+86` what stands before."""
    found = _PARAMETERS.match(text)
    if found is None or _EXTENSION.match(found.group(2)):
        return text
    number, context = found.group(1).strip(), _CONTEXT.search(found.group(2))
    if context is None or number.startswith("+") or not number[:1].isdigit():
        return number
    return context.group(1) + number.removeprefix("0")
