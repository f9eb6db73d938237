"""Numbers that are said digit by digit: of payment cards (G2), and of our own people (A14). Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from hotline.domain.recordings.transcript import Word

#: As recognisers write them: in Chinese, with the other readings that digits have in telephone numbers.
_READINGS = ("〇零洞", "一幺壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七拐柒", "八捌", "九勾玖")
_DIGITS = str.maketrans({each: str(digit) for digit, readings in enumerate(_READINGS) for each in readings})
#: Who says a long number draws breath, and may be asked to go on.
_PAUSE_SECONDS = 15.0
_FILLERS = frozenset("嗯啊呃是对好的哦")

#: By their beginnings and lengths: UnionPay, Visa, Mastercard, American Express, JCB. A bank's own older cards begin
#: otherwise and are not known as such.
_CARD = re.compile(r"62\d{14}|62\d{15}|62\d{17}|4\d{15}|(?:5[1-5]|2[2-7])\d{14}|3[47]\d{13}|35\d{14}")
_SHORTEST_CARD, _LONGEST_CARD = 15, 19
_RESIDENT_ID = re.compile(r"[1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3,4}")


class SaidDigits(NamedTuple):
    """A run of digits with nothing else between them; seconds of the recording."""

    digits: str
    start: float
    end: float


class _Sign(NamedTuple):
    digit: str
    start: float
    end: float


def digits_said(words: Iterable[Word]) -> Iterator[SaidDigits]:
    """All runs of two digits and more, in order. Fillers between digits, and short pauses, end none."""
    run: list[_Sign] = []
    for word in words:
        for character in word.text.translate(_DIGITS):
            if character.isascii() and character.isdigit():
                if run and word.start - run[-1].end > _PAUSE_SECONDS:
                    yield from _run(run)
                    run = []
                run.append(_Sign(character, word.start, word.end))
            elif not character.isspace() and character not in _FILLERS:
                yield from _run(run)
                run = []
    yield from _run(run)


def may_hold_number(text: str, shortest: int) -> bool:
    """Whether so many digits stand in the text at all, wherever: cheap, before its words are looked at."""
    return sum(each.isascii() and each.isdigit() for each in text.translate(_DIGITS)) >= shortest


def card_said(runs: Iterable[SaidDigits]) -> tuple[SaidDigits, bool] | None:
    """The first run that is a card's number, check digit and all, and True. Else the first that may be one, and False:
    its check digit does not fit, since it was heard or said wrongly; or it fits, and other digits stand around it. A
    resident's identity number is none."""
    unsure = None
    for each in runs:
        if len(each.digits) < _SHORTEST_CARD or _RESIDENT_ID.fullmatch(each.digits):
            continue
        is_one = bool(_CARD.fullmatch(each.digits))
        if is_one and _fits(each.digits):
            return each, True
        if unsure is None and (is_one or any(map(_fits, _cards_in(each.digits)))):
            unsure = each
    return (unsure, False) if unsure else None


def one_of(runs: Iterable[SaidDigits], numbers: Collection[str]) -> SaidDigits | None:
    """The first run that holds one of these numbers, which are as one dials them."""
    return next((each for each in runs if any(number in each.digits for number in numbers)), None)


def _run(run: Sequence[_Sign]) -> Iterator[SaidDigits]:
    if len(run) > 1:
        yield SaidDigits("".join(each.digit for each in run), round(run[0].start, 2), round(run[-1].end, 2))


def _cards_in(digits: str) -> Iterator[str]:
    """Wherever in the run they begin: a count or a year may have been said just before."""
    for length in range(_SHORTEST_CARD, _LONGEST_CARD + 1):
        for start in range(len(digits) - length + 1):
            if _CARD.fullmatch(digits, start, start + length):
                yield digits[start : start + length]


def _fits(card: str) -> bool:
    """By the last digit (ISO/IEC 7812-1, Luhn)."""
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(card))]
    return sum(each - 9 if each > 9 else each for each in doubled) % 10 == 0
