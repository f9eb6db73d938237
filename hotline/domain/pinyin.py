"""Finding Chinese by how it is pronounced: 赵敏 by zhaomin, zm, zhmin or zhaom."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LATIN = re.compile(r"^[a-z]+$")
#: Longer texts are cut: what is searched by sound are names and titles.
_MAX_LENGTH = 120


def fit(text: str, typed: str) -> int:
    """How well `typed` (latin letters; anything else never fits) spells a run of characters of `text`, each by its
    whole pinyin or the beginning of it: 3 all of them, 2 the first ones, 1 some, 0 none. Letters and digits of `text`
    stand for themselves."""
    wanted = unicodedata.normalize("NFKC", typed).casefold().replace("ü", "v").replace("'", "").replace(" ", "")
    if not _LATIN.match(wanted):
        return 0
    readings = _readings(text[:_MAX_LENGTH])
    from_start = _spelt(readings, wanted)
    if from_start:
        return 3 if len(readings) in from_start else 2
    return int(any(_spelt(readings[start:], wanted) for start in range(1, len(readings))))


def _spelt(readings: tuple[frozenset[str], ...], wanted: str) -> set[int]:
    """After how many characters all of `wanted` may be used up; every way on is kept at once."""
    used, ends = {0}, set()
    for place, options in enumerate(readings, 1):
        onward = {at + length for at in used for option in options for length in _begun(option, wanted[at:])}
        if len(wanted) in onward:
            ends.add(place)
        used = onward - {len(wanted)}
        if not used:
            break
    return ends


def _begun(reading: str, wanted: str) -> list[int]:
    """The lengths of the beginnings of `reading` that `wanted` begins with."""
    return [length for length in range(1, len(reading) + 1) if wanted.startswith(reading[:length])]


@lru_cache(maxsize=8192)
def _readings(text: str) -> tuple[frozenset[str], ...]:
    """Each character's possible readings without tones; of what is neither Chinese nor a letter, none at all."""
    from pypinyin import Style, pinyin  # here: it loads 50,000 words, and most processes ask for none

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


def spelt_out(text: str) -> str:
    """By sound, in small letters and digits alone: 赵敏 → zhaomin. "" for what has no sound here."""
    from pypinyin import lazy_pinyin

    written = unicodedata.normalize("NFKC", "".join(lazy_pinyin(text[:_MAX_LENGTH]))).casefold()
    return "".join(each for each in written if each.isascii() and each.isalnum())
