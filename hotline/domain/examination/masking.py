"""What was said, without what tells who the customer is: numbers, and the names that are known of them (F9). Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from hotline.domain.quality.pinyin import characters, sounds
from hotline.domain.recordings.transcript import Word

#: In place of each hidden character.
MASK = "＊"
#: Said for digits; single ones stand in too many other words (一下, 第一).
_NUMERALS = frozenset("零〇一二三四五六七八九十百千万两幺点")
_LEAST_NUMERALS = 2
#: A surname with one of these names somebody.
_TITLES = ("先生", "女士", "小姐", "太太", "老师", "经理", "师傅")
#: One character alone is too common a sound to be somebody's name.
_LEAST_SECRET = 2


def masked(words: Sequence[Word], secrets: Iterable[str]) -> tuple[Word, ...]:
    """The words with each digit, each number said in characters, and each of `secrets` hidden; these also where the
    recogniser wrote other characters of the same sound, or cut them into words otherwise."""
    said = [
        (index, at, character)
        for index, word in enumerate(words)
        for at, character in enumerate(word.text)
        if character.isalnum()
    ]
    heard = [sound for word in words for sound in _sounds(word.text)]
    hidden = {place for places in (_digits(said), _told(heard, secrets)) for place in places}
    by_word: dict[int, set[int]] = {}
    for place in hidden:
        index, at, _character = said[place]
        by_word.setdefault(index, set()).add(at)
    return tuple(_masked(word, by_word.get(index, set())) for index, word in enumerate(words))


def names_of(name: str) -> tuple[str, ...]:
    """The name, and its surname as people are addressed by it."""
    plain = characters(name)
    return (plain, *(plain[0] + title for title in _TITLES)) if len(plain) >= _LEAST_SECRET else ()


def _sounds(text: str) -> Sequence[str]:
    """One for each of the text's letters and characters, also where making them small makes them more."""
    said = characters(text)
    found = sounds(text)
    return found if len(found) == len(said) else said


def _digits(said: Sequence[tuple[int, int, str]]) -> set[int]:
    found = {place for place, (_index, _at, character) in enumerate(said) if character.isdecimal()}
    run: list[int] = []
    for place, (_index, _at, character) in enumerate([*said, (0, 0, "")]):
        if character in _NUMERALS or character.isdecimal():
            run.append(place)
            continue
        if len(run) >= _LEAST_NUMERALS:
            found.update(run)
        run = []
    return found


def _told(heard: Sequence[str], secrets: Iterable[str]) -> set[int]:
    found: set[int] = set()
    for secret in {characters(each) for each in secrets}:
        wanted = list(sounds(secret))
        if len(wanted) < _LEAST_SECRET:
            continue
        for start in range(len(heard) - len(wanted) + 1):
            if list(heard[start : start + len(wanted)]) == wanted:
                found.update(range(start, start + len(wanted)))
    return found


def _masked(word: Word, places: Collection[int]) -> Word:
    if not places:
        return word
    return replace(word, text="".join(MASK if at in places else c for at, c in enumerate(word.text)))
