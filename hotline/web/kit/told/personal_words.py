"""G3: how the page of a request says what is kept of the person, and where that is put right (PIPL 46). A feature tells
it as `WORDS`, a tuple of `PersonalWords`, in a module `personal` of its folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from hotline.discovery import gathered
from hotline.domain.retention.privacy import Person

#: Of one kind no more are offered to be corrected: the page is not to be a list of all that there is.
_MOST = 3


@dataclass(frozen=True, slots=True)
class Corrected:
    """Where something is put right: the page's `address`, and what it is called."""

    address: str
    words: str


@dataclass(frozen=True, slots=True)
class PersonalWords:
    """Of the part of a person's copy that is called `part` (hotline.services.personal). `counted`: how many there are,
    in words; `corrected`: where one of them is put right, None for nowhere."""

    part: str
    counted: Callable[[int], str] | None = None
    corrected: Callable[[Any], Corrected | None] | None = None


def counted_of(person: Person) -> Iterator[str]:
    """How many of each kind there are."""
    return (words.counted(len(found)) for words, found in _all_of(person) if words.counted)


def corrected_of(person: Person) -> Iterator[Corrected]:
    """Where what is kept of them is put right."""
    for words, found in _all_of(person):
        if words.corrected:
            yield from filter(None, map(words.corrected, found[:_MOST]))


def _all_of(person: Person) -> Iterator[tuple[PersonalWords, Sequence[Any]]]:
    for told in gathered("hotline.web", "personal", "WORDS", tuple):
        for words in told:
            yield words, person.found[words.part]
