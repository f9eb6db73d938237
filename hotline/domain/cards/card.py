"""Script cards: ready words for each stage of a call and for special cases (C9–C11, F9)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from enum import StrEnum

from hotline.domain import pinyin

#: What may stand between braces; whatever else does is a mistake in the card.
PLACEHOLDERS = ("company", "name", "minutes")

_BRACES = re.compile(r"\{([^{}]*)\}")
#: What a placeholder without a value leaves: a gap that is read over.
GAP = "……"


class Stage(StrEnum):
    GREETING = "greeting"
    ENQUIRY = "enquiry"
    HOLD = "hold"
    TRANSFER = "transfer"
    CLOSING = "closing"
    SPECIAL = "special"


@dataclass(frozen=True, slots=True)
class Card:
    """`words`: what is said; `hint`: what else to mind. Each in Chinese and in English. `case`: the special case that
    it is for, "" for the ordinary course of a call. `keywords`: further words by which it is found. `rule`: the rule
    that it serves. `callback`: it promises to call back from another line, for this CallbackReason; "" for none."""

    id: str
    stage: Stage
    title: str
    title_en: str
    words: str
    words_en: str
    case: str = ""
    hint: str = ""
    hint_en: str = ""
    keywords: tuple[str, ...] = ()
    rule: str = ""
    callback: str = ""

    @property
    def version(self) -> str:
        """Changes with every change of the card."""
        return hashlib.sha256(repr(astuple(self)).encode("utf-8", "replace")).hexdigest()[:12]


#: What people write; the id is given once.
WRITTEN = tuple(field.name for field in fields(Card) if field.name != "id")


def wrong_placeholders(text: str) -> list[str]:
    """What stands between braces and is none of PLACEHOLDERS; a single brace too."""
    unknown = [found for found in _BRACES.findall(text) if found not in PLACEHOLDERS]
    rest = _BRACES.sub("", text)
    return unknown + [brace for brace in "{}" if brace in rest]


def fill(text: str, **values: str) -> str:
    """`text` with what is known in the places of the placeholders, a gap where nothing is."""
    return _BRACES.sub(lambda found: values.get(found[1], "") or GAP, text)


def search(cards: Iterable[Card], written: str = "", stage: str = "", case: str = "") -> list[Card]:
    """Those of this stage and case that every word of `written` is found in, best fit first; else in their own order.

    A word is Chinese or English text, or pinyin, whole or begun, of title and keywords: ts and tousu find 投诉.
    """
    words = written.casefold().split()
    found = []
    for place, card in enumerate(cards):
        if (stage and card.stage != stage) or (case and card.case != case):
            continue
        scores = [_score(card, word) for word in words]
        if all(scores):
            found.append((-sum(scores), place, card))
    return [card for _score_, _place, card in sorted(found, key=lambda entry: entry[:2])]


#: What a fit by pinyin is worth, of the title and of a keyword; see `pinyin.fit`.
_TITLE_BY_SOUND = (0, 10, 13, 14)
_KEYWORD_BY_SOUND = (0, 9, 11, 14)


def _score(card: Card, word: str) -> int:
    """The best of all ways in which the word is found, 0 for none."""
    title = card.title.casefold()
    found = [
        18 if title.startswith(word) else 16 * (word in title),
        12 * _begins_a_word(card.title_en, word),
        _TITLE_BY_SOUND[pinyin.fit(card.title, word)],
        6 * (word in card.words.casefold()),
        5 * _begins_a_word(card.words_en, word),
    ]
    for keyword in card.keywords:
        folded = keyword.casefold()
        found += [15 if word == folded else 12 * (word in folded), _KEYWORD_BY_SOUND[pinyin.fit(keyword, word)]]
    aside = (card.hint, card.hint_en, card.case, card.rule, card.id)
    return max(*found, int(any(word in text.casefold() for text in aside)))


def _begins_a_word(text: str, word: str) -> bool:
    """English is found by whole words or their beginnings: ts is no part of wants."""
    return re.search(rf"(?<![a-z0-9]){re.escape(word)}", text.casefold()) is not None
