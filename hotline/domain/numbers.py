"""Telephone numbers: one spelling each (E.164), withheld told from unreadable, and what is shown.

What a carrier sends as the caller is anybody's text: nothing here raises on any input.
"""

from __future__ import annotations

import re
import unicodedata

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat

REGION = "CN"

#: The longest text worth reading: "+86 (0) 10-8888-6666 转 12345" and the like; more is no number.
_MAX_LENGTH = 48

_URI = re.compile(r"^(?:sips?|tel):([^@;>]*)", re.IGNORECASE)
_EXTENSION = re.compile(r"\s*(?:转|分机|ext\.?|extension|x|,|;ext=|#)\s*[0-9]{1,6}$", re.IGNORECASE)
_DIALLED = re.compile(r"^\(?\+?[0-9](?:[0-9 ().\-/]*[0-9])?$")
#: New segments are handed out before the library knows them; a mobile has kept this shape since 1994.
_MOBILE = re.compile(r"^(?:\+86)?(1[3-9][0-9]{9})$")
#: Nationwide services and operators (95588, 10086, 12345, 9513xxxx): callers too, and some are to be blocked.
_SERVICE = re.compile(r"^(?:\+86)?(9[56][0-9]{3,6}|10[0-9]{3}|12[0-9]{3})$")
_ZEROS = re.compile(r"^\+?0[0 -]*$")

_WITHHELD = frozenset({
    "", "anonymous", "unknown", "restricted", "unavailable", "private", "withheld", "hidden", "none", "null",
    "p", "asterisk", "nobody", "未知", "匿名", "保密", "无号码", "隐藏号码",
})  # fmt: skip


def is_withheld(original: str) -> bool:
    """Whether the caller's number is kept back: nothing sent, zeros only, or a carrier's word for it."""
    text = _plain(original).strip("<>\"' ").casefold()
    return text in _WITHHELD or text.startswith("anonymous@") or _ZEROS.match(text) is not None


def normalise(original: str) -> str:
    """`original` as E.164 (+8613800138000), or "" when it is withheld or no number that could be called.

    Chinese spellings with or without +86, 0086, 86 or a trunk 0, with blanks, dashes and an extension (left
    out) are one number; +86 goes before 400 numbers and services (95588) too. A landline without its area
    code is "".
    """
    if is_withheld(original):
        return ""
    text = _EXTENSION.sub("", _plain(original))
    if not _DIALLED.match(text):
        return ""
    digits = re.sub(r"[^0-9+]", "", text)
    if service := _SERVICE.match(digits):
        return f"+86{service.group(1)}"
    if mobile := _MOBILE.match(digits):
        return f"+86{mobile.group(1)}"
    number = _parse(digits)
    if number is None or not _callable(number):
        return ""
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def same_number(one: str, other: str) -> bool:
    """Whether two spellings are one number. What is no number equals only the same digits, if it has any."""
    return key(one) != "" and key(one) == key(other)


def key(number: str) -> str:
    """What two spellings of one number share: E.164, else the bare digits (house phones, short numbers)."""
    return normalise(number) or re.sub(r"[^0-9]", "", _plain(number))


def search_term(written: str) -> str:
    """The part of a stored number that any writing of it shares: +8613800138000 of "+86 138-0013 8000".

    What is no whole number (the last four digits, "anonymous") stays as it is, without blanks and dashes, +86, and the
    trunk 0 of a landline, which E.164 does not have.
    """
    whole = normalise(written)
    if whole:
        return whole
    bare = re.sub(r"[\s().\-\u2010-\u2015]", "", _plain(written))
    return re.sub(r"^0(?=[1-9][0-9]{2,})", "", re.sub(r"^(?:\+|00)86", "", bare))


def as_dialled(number: str) -> str:
    """How `number` is dialled and read in China: 13800138000, 01088886666, 4001234567; others unchanged."""
    parsed = _parse(number) if number.startswith("+86") else None
    if parsed is None:
        return number
    national = str(parsed.national_number)
    is_geographic = phonenumbers.number_type(parsed) == phonenumbers.PhoneNumberType.FIXED_LINE
    return f"0{national}" if is_geographic else national


def mask(number: str) -> str:
    """`number` for eyes that need not have it whole (A14): 138****8000; up to four digits are all hidden."""
    plain = as_dialled(number)
    if len(plain) <= 4:
        return "*" * len(plain)
    head = 3 if len(plain) >= 10 else max(len(plain) - 6, 0)
    return plain[:head] + "*" * (len(plain) - head - 4) + plain[-4:]


def region(number: str) -> str:
    """归属地: province, city and mobile operator in Chinese ("北京市 中国移动"); "" when nothing is known.

    Offline. Newer segments (199, 170) and 400 numbers are known only as 中国: that says nothing, so it is
    left out.
    """
    # Loads half a second of tables; only who asks pays.
    from phonenumbers import carrier

    parsed = _parse(normalise(number))
    if parsed is None:
        return ""
    operator = carrier.name_for_number(parsed, "zh")
    return " ".join(part for part in (place(number), operator) if part)


def place(number: str) -> str:
    """`region` without the mobile operator: province and city, "" when not known."""
    from phonenumbers import geocoder

    parsed = _parse(normalise(number))
    found = geocoder.description_for_number(parsed, "zh") if parsed is not None else ""
    return found if found != "中国" else ""


def _plain(original: str) -> str:
    """Full-width digits made plain, the user part of a URI; "?" for a text too long to be a number."""
    text = unicodedata.normalize("NFKC", original[: _MAX_LENGTH + 1]).strip()
    if len(text) > _MAX_LENGTH or len(original) > _MAX_LENGTH:
        return "?"
    uri = _URI.match(text.strip("<>"))
    return uri.group(1).strip() if uri else text


def _parse(digits: str) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(digits, REGION)
    except NumberParseException:
        return None


def _callable(number: PhoneNumber) -> bool:
    if number.country_code != 86:
        return phonenumbers.is_possible_number(number)
    return phonenumbers.is_valid_number(number) or _MOBILE.match(str(number.national_number)) is not None
