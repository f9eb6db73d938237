"""Full text search in Chinese: what is indexed of a text, what is asked of the index, and where words stand.

Most Chinese words have two characters, so every two neighbouring characters are indexed (a "gram"), besides each
single one and, among Latin letters and digits, every three. What the index finds may have the parts of a word in
other places: whoever asks it must look whether the word stands there (`normalised`).

After a change in `normalised` or `grams` the index must be built anew (`hotline db reindex`).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from hotline.domain import numbers
from hotline.domain.rights.seeing import END_DIGITS, number_asked
from hotline.domain.staff.records import Tenure

#: Longer questions are refused: nobody looks for a whole page.
LONGEST_QUERY = 200
#: Characters before and after what was found.
CONTEXT = 24

#: Nothing else can be a part of a number.
_NUMBER_LIKE = re.compile(r"[+\d\s()-]+")
_ASCII = frozenset("0123456789abcdefghijklmnopqrstuvwxyz")


class _Plain(dict[int, str]):
    """Each character as it is compared: full width as half width, small as capital letters, all blanks alike."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        kind = unicodedata.category(character)
        if character.isspace() or kind in ("Cc", "Cs"):
            plain = " "
        elif kind == "Cf":  # nobody sees it
            plain = ""
        else:
            plain = unicodedata.normalize("NFKC", character).casefold()
        self[code] = plain
        return plain


_PLAIN = _Plain()


def normalised(text: str) -> str:
    """As it is compared, and as it is kept beside the index."""
    return " ".join(text.translate(_PLAIN).split())


def words_of(query: str) -> list[str]:
    """What is looked for: words divided by blanks, each of which must stand in the text; nothing in them has a
    meaning of its own, quotation marks and stars neither. A whole number is one word, in whatever writing."""
    if whole := numbers.normalise(query.strip()):
        return [numbers.as_dialled(whole)]
    return list(dict.fromkeys(normalised(query).split()))


def is_number_like(text: str) -> bool:
    """Whether it may be a part of a number, in whatever writing."""
    return _NUMBER_LIKE.fullmatch(text) is not None


def listed_words(text: str) -> list[str]:
    """As `words_of`, as they were written, for lists that are looked through: a part of a number is one word."""
    return [text] if is_number_like(text) else text.split()


def number_marks(number: str) -> tuple[str, ...]:
    """Of a number in E.164: by which it is found, whole or by its end (A14)."""
    return mark("number", number), mark("number", number[-END_DIGITS:])


def number_mark(word: str) -> str:
    """Of what is found by this word as a number; "" when it is none that may be asked for."""
    asked = number_asked(word)
    return mark("number", asked.whole or asked.end) if asked else ""


def is_number_found(number: str, words: Sequence[str]) -> bool:
    """Whether one of the words finds this number."""
    return any(number_mark(word) in number_marks(number) for word in words)


def grams(plain: str) -> list[str]:
    """What is indexed of a normalised text, each once, as ASCII that no tokenizer takes apart."""
    found: set[str] = set()
    for run in plain.split():
        found.update(run)
        found.update(run[at : at + 2] for at in range(len(run) - 1))
        found.update(run[at : at + 3] for at in _latin(run))
    return sorted(map(_code, found))


def wanted_grams(words: Sequence[str]) -> list[str]:
    """What a text must have in the index for these normalised words to be in it."""
    found: set[str] = set()
    for word in words:
        found.update([word] if len(word) == 1 else _needed(word))
    return sorted(map(_code, found))


def mark(kind: str, value: str) -> str:
    """Something that is indexed besides words, as whose a text is; no gram is equal to it."""
    return "m" + hashlib.blake2s(f"{kind}\0{value}".encode(errors="replace"), digest_size=6).hexdigest()


def whose_marks(extension: str, on_duty: str = "") -> tuple[str, ...]:
    """Of what this operator said or must write, and what somebody of that name took on the duty mobile."""
    return (mark("operator", extension), *([mark("duty", on_duty)] if on_duty else []))


def marked(tenures: Iterable[Tenure], on_duty: str = "") -> tuple[Marked, ...]:
    """As `whose_marks`, of who had these extensions in these times."""
    said = (Marked(mark("operator", each.extension), each.since, each.until) for each in tenures)
    return (*said, *([Marked(mark("duty", on_duty))] if on_duty else []))


def _needed(word: str) -> Iterator[str]:
    latin = set(_latin(word))
    yield from (word[at : at + 3] for at in latin)
    yield from (word[at : at + 2] for at in range(len(word) - 1) if at not in latin and at - 1 not in latin)


def _latin(run: str) -> Iterator[int]:
    return (at for at in range(len(run) - 2) if _ASCII.issuperset(run[at : at + 3]))


def _code(gram: str) -> str:
    return "x".join(format(ord(character), "x") for character in gram)


@dataclass(frozen=True, slots=True)
class TextRange:
    """Where a word stands in the text as it was written, in characters."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of the text: `parts` are (text, whether it was looked for), in order. `cut_before`, `cut_after`: the
    text goes on there."""

    parts: tuple[tuple[str, bool], ...]
    cut_before: bool
    cut_after: bool


@dataclass(frozen=True, slots=True)
class Marked:
    """A mark that counts in [`since`, `until`) of the call's begin; None is open at that end."""

    mark: str
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class SearchFilter:
    """`words`: normalised (`words_of`); all must stand in the same text. [`since`, `until`) by the call's begin.
    `kind`: of what a feature has put into the index, "" all. `whose`: marks, one of which it must have; () everybody's.
    `marked`: it must have one of these marks, and be of its time; None: everybody's, () nobody's."""

    words: Sequence[str]
    since: datetime | None = None
    until: datetime | None = None
    kind: str = ""
    whose: Sequence[str] = ()
    marked: Sequence[Marked] | None = None


@dataclass(frozen=True, slots=True)
class SearchHit:
    """Where the words stand: `source_id` is the id of the row that has them."""

    kind: str
    source_id: int


def places(text: str, words: Sequence[str], limit: int = 200) -> list[TextRange]:
    """Where the normalised words stand in `text`, in order, the overlapping as one; the first `limit` of each word."""
    plain, origins = _aligned(text)
    found: list[TextRange] = []
    for word in words:
        at = plain.find(word)
        for _turn in range(limit):
            if at < 0:
                break
            found.append(TextRange(origins[at], origins[at + len(word) - 1] + 1))
            at = plain.find(word, at + len(word))
    return _joined(sorted(found, key=lambda place: (place.start, place.end)))


def snippet(text: str, found: Sequence[TextRange]) -> Snippet:
    """Around the first of these places."""
    first = found[0] if found else TextRange(0, 0)
    start = max(first.start - CONTEXT, 0)
    end = min(first.end + CONTEXT, len(text))
    parts: list[tuple[str, bool]] = []
    at = start
    for place in found:
        if place.start >= end:
            break
        parts += [(text[at : place.start], False), (text[place.start : min(place.end, end)], True)]
        at = min(place.end, end)
    parts.append((text[at:end], False))
    return Snippet(tuple(part for part in parts if part[0]), start > 0, end < len(text))


def _aligned(text: str) -> tuple[str, list[int]]:
    """The normalised text, but with all its blanks, and where each of its characters came from."""
    plain: list[str] = []
    origins: list[int] = []
    for index, character in enumerate(text):
        part = _PLAIN[ord(character)]
        plain.append(part)
        origins += [index] * len(part)
    return "".join(plain), origins


def _joined(found: Sequence[TextRange]) -> list[TextRange]:
    joined: list[TextRange] = []
    for place in found:
        if joined and place.start < joined[-1].end:
            joined[-1] = TextRange(joined[-1].start, max(place.end, joined[-1].end))
        else:
            joined.append(place)
    return joined
