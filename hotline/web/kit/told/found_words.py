"""How the page of the search shows what it found. A feature tells it of its kind of text, as `SHOWN` in a module
`searched` of its folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import LazyString

from hotline.discovery import gathered
from hotline.services.searched import FoundText


@dataclass(frozen=True, slots=True)
class FoundWords:
    """`kind`: as in the index. `where`: what is looked through when only this kind is; `label`: what one that was found
    is; `address`: its page, "" for none; `field`: the name of one of its fields. `place` orders the kinds, in tens."""

    kind: str
    place: int
    where: LazyString
    label: Callable[[FoundText], str]
    address: Callable[[FoundText], str]
    field: Callable[[str], str] = str


def found_words() -> dict[str, FoundWords]:
    """Of all features, by kind."""
    told = gathered("hotline.web", "searched", "SHOWN", FoundWords)
    return {each.kind: each for each in sorted(told, key=lambda each: each.place)}
