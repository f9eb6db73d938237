"""Telephone numbers: one spelling each, withheld or unreadable, and how they are shown (decision 17).

What a carrier sends as the caller is anybody's text: nothing here raises on any input but `Number` itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat
from pydantic_core import CoreSchema, core_schema

from hotline.domain.number_text import spelled

REGION = "CN"

_EXTENSION = re.compile(r"\s*(?:转|分机|ext\.?|extension|x|,|;ext=|#)\s*[0-9]{1,6}$", re.IGNORECASE)
_DIALLED = re.compile(r"^\(?\+?[0-9](?:[0-9 ().\-/]*[0-9])?$")
#: New segments are handed out before the library knows them; a mobile has kept this shape since 1994.
_MOBILE = re.compile(r"^(?:\+86)?(1[3-9][0-9]{9})$")
#: Nationwide services and operators (95588, 10086, 116114, 11185) and those of a city (12345, 96xxx): callers too, and
#: some are to be blocked.
_NATIONWIDE = r"95[0-9]{3}|950[0-9]{5}|951[03][0-9]{4}|10[0-9]{3}|111[0-9]{2}|11[68][0-9]{3}"
_CITYWIDE = r"12[0-9]{3}|96[0-9]{3,4}"
_SERVICE = re.compile(rf"^(?:\+86|0086)?({_NATIONWIDE}|{_CITYWIDE}|9[56][0-9]{{3,6}})$")
#: 400, 800, 950, 956–959 and 96x are no area codes: +86 950 12345 is the service 95012345, never 12345 of a city.
_AREA = r"(?:(?:\+86|0086)0?|0)(10|2[0-9]|(?!400|800|95[06-9]|96)[3-9][0-9]{2})"
_NATIONWIDE_BEHIND_AREA = re.compile(rf"^{_AREA}({_NATIONWIDE})$")
_CITYWIDE_BEHIND_AREA = re.compile(rf"^{_AREA}({_CITYWIDE})$")
#: Before a number that is called by way of another network: China's IP and discount prefixes.
_CALL_PREFIX = re.compile(r"^(?:179[0-9]{2}|12593|10193|11808)(?=[0-9]{10})")
#: What stands behind a prefix of an exchange or network: dialled as from any phone, so nothing else can be meant.
_AS_FROM_ANY_PHONE = re.compile(r"^(?:0?1[3-9][0-9]{9}|0[1-9][0-9]{8,11}|[48]00[0-9]{7})$")
_ZEROS = re.compile(r"^(?:\+?86)?\+?0[0 -]*$")

_WITHHELD = frozenset(
    {
        "",
        "anonymous",
        "unknown",
        "restricted",
        "unavailable",
        "private",
        "withheld",
        "hidden",
        "none",
        "null",
        "p",
        "asterisk",
        "nobody",
        "未知",
        "匿名",
        "保密",
        "无号码",
        "隐藏号码",
    }
)


class Number(str):
    """A telephone number in its one spelling: E.164 (+8613800138000), +86 before services (+8695588) too; "" for none.

    Only the parser makes one (`normalise`); `Number(text)` raises ValueError for any other spelling. Storage keeps
    nothing else, so that two texts that differ are two numbers.
    """

    __slots__ = ()

    def __new__(cls, text: str = "") -> Number:
        if not isinstance(text, cls) and normalise(text) != text:
            raise ValueError("a number as domain.numbers.normalise spells it was expected")
        return cls.stored(text)

    @classmethod
    def stored(cls, text: str) -> Number:
        """One that was a Number when it was stored: read back by the thousand, it is not parsed again."""
        return str.__new__(cls, text)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> CoreSchema:
        return core_schema.no_info_after_validator_function(cls.stored, core_schema.str_schema())


#: Withheld, unreadable or forgotten.
NO_NUMBER = Number.stored("")


def is_withheld(original: str) -> bool:
    """Whether the caller's number is kept back: nothing sent, zeros only, or a carrier's word for it."""
    text = spelled(original).strip("<>\"' ").casefold()
    return text in _WITHHELD or text.startswith("anonymous@") or _ZEROS.match(text) is not None


def normalise(original: str, outside_prefixes: Sequence[str] = ()) -> Number:
    """`original` as a Number, empty when it is withheld or no number that could be called.

    Chinese spellings with or without +86, 0086, 86 or a trunk 0, with blanks, dashes and an extension (left
    out) are one number; +86 goes before 400 numbers and services (95588) too. A landline without its area
    code is none. `outside_prefixes`: what the site's exchange dials before an outside number ([numbers]).
    """
    return original if isinstance(original, Number) else _normalised(original, tuple(outside_prefixes))


@lru_cache(maxsize=1000)
def _normalised(original: str, outside_prefixes: tuple[str, ...]) -> Number:
    """Remembered: with each event of a call its number is read again."""
    if is_withheld(original):
        return NO_NUMBER
    text = _EXTENSION.sub("", spelled(original))
    if not _DIALLED.match(text):
        return NO_NUMBER
    digits = re.sub(r"[^0-9+]", "", text)
    found = _behind_prefix(digits, ("",)) or _whole(digits) or _behind_prefix(digits, outside_prefixes)
    # Each reading may leave more to read: 911 95920 is the service 95920 once its area code has its sign, and abroad a
    # trunk 0 goes at a time. Each takes digits away, so it ends.
    while (again := _whole(found)) != found:
        found = again
    return Number.stored(found)


def is_mobile(number: str) -> bool:
    """Whether text messages reach it: a mobile of mainland China."""
    return _MOBILE.match(number) is not None


def same_number(one: str, other: str) -> bool:
    """Whether two spellings are one number. What is no number equals only the same digits, if it has any."""
    return key(one) != "" and key(one) == key(other)


def key(number: str) -> str:
    """What two spellings of one number share: E.164, else the bare digits (house phones, short numbers)."""
    return normalise(number) or re.sub(r"[^0-9]", "", spelled(number))


def search_term(written: str) -> str:
    """The part of a stored number that any writing of it shares: +8613800138000 of "+86 138-0013 8000".

    What is no whole number (the last four digits, "anonymous") stays as it is, without blanks and dashes, +86, and the
    trunk 0 of a landline, which E.164 does not have.
    """
    whole = normalise(written)
    if whole:
        return whole
    bare = re.sub(r"[\s().\-]", "", spelled(written))
    return re.sub(r"^0(?=[1-9][0-9]{2,})", "", re.sub(r"^(?:\+|00)86", "", bare))


def as_dialled(number: str) -> str:
    """How `number` is dialled and read in China: 13800138000, 01088886666, 4001234567; others unchanged."""
    if city := _CITYWIDE_BEHIND_AREA.match(number):
        return f"0{city.group(1)}{city.group(2)}"
    if service := _SERVICE.match(number):
        return service.group(1)
    parsed = _parse(number) if number.startswith("+86") else None
    if parsed is None:
        return number
    national = str(parsed.national_number)
    is_geographic = phonenumbers.number_type(parsed) == phonenumbers.PhoneNumberType.FIXED_LINE
    return f"0{national}" if is_geographic else national


def dialled_forms(number: str) -> tuple[str, ...]:
    """Every way to write `number`, a line's, in digits alone: what a carrier may send as the called number."""
    whole = normalise(number)
    if not whole.startswith("+86"):
        return tuple(dict.fromkeys((re.sub(r"[^0-9]", "", number), *([whole[1:], f"00{whole[1:]}"] if whole else ()))))
    national = whole.removeprefix("+86")
    prefixes = ("", "0", "86", "0086", "860", "00860")
    return tuple(dict.fromkeys((re.sub(r"[^0-9]", "", number), *(prefix + national for prefix in prefixes))))


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


def _whole(digits: str) -> str:
    """`digits` read as they stand, "" for none."""
    if nationwide := _NATIONWIDE_BEHIND_AREA.match(digits):
        return f"+86{nationwide.group(2)}"
    if city := _CITYWIDE_BEHIND_AREA.match(digits):
        return f"+86{city.group(1)}{city.group(2)}"
    if found := _SERVICE.match(digits) or _MOBILE.match(digits):
        return f"+86{found.group(1)}"
    number = _parse(digits)
    if digits.startswith("00") and (number is None or number.country_code != 86):
        return _international(digits, number)
    return _e164(number) if number is not None and _callable(number) else ""


def _international(digits: str, number: PhoneNumber | None) -> str:
    """00 is dialled before a country code, but it is also an exchange's 0 before a number that begins with 0 itself:
    0013912345678. Read where only one of the two is a number; a mobile of ours and a valid number abroad is none."""
    home = _parse(digits[1:])
    if home is not None and not (home.country_code == 86 and phonenumbers.is_valid_number(home)):
        home = None
    if number is None or not phonenumbers.is_valid_number(number):
        if home is not None:
            return _e164(home)
        return _e164(number) if number is not None and _callable(number) else ""
    if home is not None and _MOBILE.match(str(home.national_number)):
        return ""
    return _e164(number)


def _behind_prefix(digits: str, outside_prefixes: Sequence[str]) -> str:
    """The number behind one of these prefixes, the prefix of another network, or both; "" for none."""
    for prefix in outside_prefixes:
        rest = _CALL_PREFIX.sub("", digits.removeprefix(prefix)) if digits.startswith(prefix) else digits
        if rest != digits and _AS_FROM_ANY_PHONE.match(rest) and (found := _whole(rest)):
            return found
    return ""


def _parse(digits: str) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(digits, REGION)
    except NumberParseException:
        return None


def _e164(number: PhoneNumber) -> str:
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def _callable(number: PhoneNumber) -> bool:
    if number.country_code != 86:
        return phonenumbers.is_possible_number(number)
    # A 0 left in front is a trunk prefix that the library did not see behind another one.
    is_known = phonenumbers.is_valid_number(number) or _MOBILE.match(str(number.national_number)) is not None
    return is_known and not number.italian_leading_zero
