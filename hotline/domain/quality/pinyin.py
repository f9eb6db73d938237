"""Finds words in a transcript by sound: Mandarin syllables without tones, so that wrong characters of the right
sound and regional accents do not matter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from hotline.domain.recordings.transcript import Word

#: Sounds that recognisers and speakers mix up, as one.
_INITIALS = {"zh": "z", "ch": "c", "sh": "s", "l": "n", "r": "n", "h": "f"}
_FINALS = {"ang": "an", "eng": "en", "ing": "in", "iang": "ian", "uang": "uan"}
#: A syllable that sounds much like the wanted one.
SIMILAR = 0.3
_TWO = ("zh", "ch", "sh")
_VOWELS = frozenset("aeiouv")


@dataclass(frozen=True, slots=True)
class Syllable:
    """One character as it was heard, with its share of the word's time."""

    sound: str
    character: str
    start: float
    end: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Match:
    """`similarity`: 1 where every syllable is as wanted, 0 where none is."""

    similarity: float
    syllables: tuple[Syllable, ...]

    @property
    def start(self) -> float:
        return self.syllables[0].start

    @property
    def end(self) -> float:
        return self.syllables[-1].end

    @property
    def confidence(self) -> float:
        return sum(s.confidence for s in self.syllables) / len(self.syllables)

    @property
    def words(self) -> str:
        return "".join(s.character for s in self.syllables)


def characters(text: str) -> str:
    """What is said of a text: letters, digits and characters, without blanks and marks."""
    return "".join(c for c in text if c.isalnum())


@lru_cache(maxsize=4096)
def sounds(text: str) -> tuple[str, ...]:
    """A sound for each of the text's `characters`: the syllable without its tone, else the character itself."""
    from pypinyin import lazy_pinyin  # here: it loads 50,000 words, and most processes ask for none

    plain = characters(text).lower()
    # pypinyin takes a list for a run of characters, though its annotation speaks of text alone.
    found = lazy_pinyin(plain, errors=list)  # type: ignore[arg-type]
    return tuple(found) if len(found) == len(plain) else tuple(plain)


def syllables(words: Iterable[Word]) -> tuple[Syllable, ...]:
    """The words' characters one by one; a word's time is shared out evenly."""
    found: list[Syllable] = []
    for word in words:
        said = characters(word.text)
        length = (word.end - word.start) / max(len(said), 1)
        found += [
            Syllable(sound, character, word.start + i * length, word.start + (i + 1) * length, word.confidence)
            for i, (sound, character) in enumerate(zip(sounds(word.text), said, strict=True))
        ]
    return tuple(found)


def best_match(said: Sequence[Syllable], phrase: str) -> Match | None:
    """Where the phrase, or its best alternative, is most nearly said; None where nothing of it is."""
    if not said:
        return None  # without loading what tells sounds
    matches = [match for each in phrase.split("|") for match in [_best(said, sounds(each))] if match]
    return max(matches, key=lambda match: match.similarity, default=None)


def all_matches(said: Sequence[Syllable], phrase: str, similarity: float) -> list[Match]:
    """Every place where it is said at least so nearly, in order, none within another."""
    if not said:
        return []  # as above
    wanted = [sounds(each) for each in phrase.split("|")]
    if all((1 - similarity) * len(each) < SIMILAR for each in wanted):
        return _exact_matches(said, wanted)
    match = best_match(said, phrase)
    if match is None or match.similarity < similarity:
        return []
    first = said.index(match.syllables[0])
    after = first + len(match.syllables)
    return [*all_matches(said[:first], phrase, similarity), match, *all_matches(said[after:], phrase, similarity)]


def _exact_matches(said: Sequence[Syllable], wanted: Sequence[tuple[str, ...]]) -> list[Match]:
    """Where not one syllable may differ, which is asked a hundred times as often as anything else: the earlier
    alternative wins where two overlap."""
    heard = [syllable.sound for syllable in said]
    taken: dict[int, int] = {}
    for phrase in filter(None, wanted):
        at = 0
        while at + len(phrase) <= len(heard):
            end = at + len(phrase)
            if tuple(heard[at:end]) == phrase and not any(at < stop and start < end for start, stop in taken.items()):
                taken[at] = end
                at = end
            else:
                at += 1
    return [Match(1.0, tuple(said[start:end])) for start, end in sorted(taken.items())]


def _best(said: Sequence[Syllable], wanted: tuple[str, ...]) -> Match | None:
    """The stretch of `said` with the least cost of being made into `wanted` (Sellers 1980): a syllable too many, too
    few or another one costs 1, a similar one less."""
    if not wanted or not said:
        return None
    # A column for each prefix of `wanted`: (cost, where the stretch begins).
    column = [(float(row), 0) for row in range(len(wanted) + 1)]
    best = (float(len(wanted)), 0, 0)
    for end, syllable in enumerate(said, 1):
        above = (0.0, end)
        following = [above]
        for row, sound in enumerate(wanted, 1):
            changed = column[row - 1][0] + _difference(syllable.sound, sound), column[row - 1][1]
            extra = column[row][0] + 1, column[row][1]
            missed = following[row - 1][0] + 1, following[row - 1][1]
            following.append(min(changed, extra, missed))
        column = following
        if column[-1][0] < best[0]:
            best = (*column[-1], end)
    cost, start, end = best
    if end <= start:
        return None
    return Match(round(1 - cost / len(wanted), 4), tuple(said[start:end]))


@lru_cache(maxsize=65_536)
def _difference(heard: str, wanted: str) -> float:
    if heard == wanted:
        return 0.0
    return SIMILAR if _blurred(heard) == _blurred(wanted) else 1.0


def _blurred(sound: str) -> tuple[str, str]:
    cut = 2 if sound[:2] in _TWO else 0 if sound[:1] in _VOWELS else 1
    initial, final = sound[:cut], sound[cut:]
    return _INITIALS.get(initial, initial), _FINALS.get(final, final)
