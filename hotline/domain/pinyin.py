"""Finding Chinese by how it is pronounced: 赵敏 by zhaomin, zm, zhmin or zhaom."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from pypinyin import Style, pinyin

_LATIN = re.compile(r"^[a-z]+$")
#: Longer texts are cut: what is searched by sound are names and titles.
_MAX_LENGTH = 120


def matches(text: str, typed: str) -> bool:
    """Whether `typed` (latin letters; anything else never matches) spells some run of characters of `text`, each by
    its whole pinyin or the beginning of it. Letters and digits of `text` stand for themselves."""
    wanted = unicodedata.normalize("NFKC", typed).casefold().replace("ü", "v").replace("'", "").replace(" ", "")
    if not _LATIN.match(wanted):
        return False
    readings = _readings(text[:_MAX_LENGTH])
    return any(_spells(readings, start, wanted) for start in range(len(readings)))


def _spells(readings: tuple[frozenset[str], ...], start: int, wanted: str) -> bool:
    """Every way on is kept at once: how much of `wanted` may be used up after each character."""
    used = {0}
    for options in readings[start:]:
        onward = set()
        for at in used:
            rest = wanted[at:]
            for option in options:
                for length in range(1, len(option) + 1):
                    if not rest.startswith(option[:length]):
                        break
                    if length == len(rest):
                        return True
                    onward.add(at + length)
        if not onward:
            return False
        used = onward
    return False


@lru_cache(maxsize=8192)
def _readings(text: str) -> tuple[frozenset[str], ...]:
    """Each character's possible readings without tones; of what is neither Chinese nor a letter, none at all."""
    found = []
    for character in text:
        folded = unicodedata.normalize("NFKC", character).casefold()
        if _LATIN.match(folded):
            found.append(frozenset({folded}))
        elif "\u3400" <= character <= "\u9fff":
            read = pinyin(character, style=Style.NORMAL, heteronym=True, v_to_u=False)[0]
            found.append(frozenset(option.replace("ü", "v") for option in read))
        elif character.isdigit() and character.isascii():
            found.append(frozenset({character}))
    return tuple(found)
