"""The text of a file: UTF-8, UTF-16, GB 18030 or Big5, told apart by what they hold; never wrong characters unsaid.

GB 18030 and Big5 use the same bytes for other characters. Which it is shows by how many of the characters are among
the common ones of each: the first level of GB 2312, and of Big5.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable

from hotline.services.tables.faults import Faults, TableProblem, refusal

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NAMES = {"utf-8": "UTF-8", "utf-16": "UTF-16", "utf-32": "UTF-32", "gb18030": "GB 18030", "cp950": "Big5"}

#: Bytes that begin what is common: symbols and the first level of characters. GB 18030 holds the traditional ones too.
_COMMON = {"gb2312": (0xA1, 0xD7), "cp950": (0xA1, 0xC6)}
_SIMPLE_OR_NOT, _TRADITIONAL = ("gb2312", "cp950"), ("cp950",)
#: Of a text's characters that are not ASCII, so many at least are common, if it is that encoding at all; and so many
#: more than in the other.
_CERTAIN, _MARGIN = 0.5, 0.15
_TWO_BYTES, _THREE_BYTES = re.compile("[\u0080-\u07ff]"), re.compile("[\u0800-\ufffc]")
_IN_A_WORD = re.compile("[A-Za-z][\u0080-\u07ff]|[\u0080-\u07ff][A-Za-z]")
#: Fewer characters than these are as likely rare ones of GB 18030.
_ENOUGH = 4
#: So much of a file is enough to know what it is.
_LOOKED_AT = 200_000


def decode(content: bytes, words: Iterable[str]) -> tuple[str, str]:
    """The text without marks and NULs, and what it was. `words`: Chinese headings, which help to tell.

    A byte that is no character becomes U+FFFD, and costs nothing else; 0x80 is € as Windows writes it. Raises Faults.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _clean(content.decode(encoding, "replace")), _NAMES[encoding]
    if b"\0" in content and (wide := _unmarked_utf16(content)):
        return _clean(content.decode(wide, "replace")), "UTF-16"
    if (text := _utf8(content)) is not None:
        return _clean(text), "UTF-8"
    # One character may stand in any wrong reading by chance.
    text, encoding = _chinese(content, tuple(word for word in words if len(word) > 1))
    return _clean(text), _NAMES[encoding]


def _clean(text: str) -> str:
    return text.lstrip("\ufeff").replace("\0", "")


def _unmarked_utf16(content: bytes) -> str:
    """Which UTF-16 it is without a mark: nearly all of its many NULs are the upper bytes of ASCII."""
    some = content[:_LOOKED_AT]
    low, high = some[::2].count(0), some[1::2].count(0)
    if low + high < len(some) // 20:
        return ""
    return "utf-16-le" if high > 10 * low else "utf-16-be" if low > 10 * high else ""


def _utf8(content: bytes) -> str | None:
    """As UTF-8, also with a few bytes that are none: three-byte characters show that it is no other encoding."""
    try:
        text = content.decode("utf-8")
        # Two bytes that are a letter with an accent may be a Chinese character of GB 18030 too, if it stands alone.
        if (
            _TWO_BYTES.search(text)
            and not _IN_A_WORD.search(text)
            and not _THREE_BYTES.search(text)
            and not content.startswith(codecs.BOM_UTF8)
        ):
            raise _uncertain()
        return text
    except UnicodeDecodeError:
        text = content.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    certain = len(_THREE_BYTES.findall(text))
    return text if content.startswith(codecs.BOM_UTF8) or certain > 3 * bad else None


def _chinese(content: bytes, words: tuple[str, ...]) -> tuple[str, str]:
    """Raises Faults for what may be either, or something else altogether."""
    text = content.decode("gb18030", "hotline.windows")
    gb = _share(text, _SIMPLE_OR_NOT, words)
    try:
        other = content.decode("cp950")
    except UnicodeDecodeError:
        other, big5 = "", 0.0
    else:
        big5 = _share(other, _TRADITIONAL, words)
    if gb >= _CERTAIN and gb - big5 >= _MARGIN:
        return text, "gb18030"
    if big5 >= _CERTAIN and big5 - gb >= _MARGIN and len(_odd(other)) >= _ENOUGH:
        return other, "cp950"
    raise _uncertain()


def _uncertain() -> Faults:
    return refusal(TableProblem.ENCODING)


def _share(text: str, levels: tuple[str, ...], words: tuple[str, ...]) -> float:
    """How much of what is not ASCII is common (0 to 1), and 1 more with one of the words."""
    odd = _odd(text)
    common = sum(any(_is_common(c, codec) for codec in levels) for c in odd) / len(odd) if odd else 1.0
    return common + any(word in text[:_LOOKED_AT] for word in words)


def _odd(text: str) -> set[str]:
    """The characters that are not ASCII, and what stands for none."""
    return {c for c in text[:_LOOKED_AT] if c > "\x7f" and c not in "€\ufffd"}


def _is_common(character: str, codec: str) -> bool:
    try:
        lead = character.encode(codec)[0]
    except UnicodeEncodeError:
        return False
    low, high = _COMMON[codec]
    return low <= lead <= high


def _windows(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "€" if error.object[error.start] == 0x80 else "\ufffd", error.start + 1


codecs.register_error("hotline.windows", _windows)
