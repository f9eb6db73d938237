"""May this person see this number? And what of a number may be asked by who sees it masked? (A14, E4)"""

from __future__ import annotations

import re
from dataclasses import dataclass

from hotline.domain import numbers

#: Digits enough to tell whose they are, also in groups. No day begins one.
_NUMBER = re.compile(r"(?<![\d-])(?!\d{4}-\d\d-\d\d)\+?\d(?:[ -]?\d){6,}")

#: What a masked number shows of its end.
END_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Sight:
    """Whose numbers somebody sees whole, and why. `oversees`: everybody's, by their role. `on_calls`: of callers who
    talk with them or ring at their phone now, and of those with whom they talked and whose record they still have to
    write. `taken`: to be called, of callbacks and cases that are theirs and open."""

    oversees: bool = False
    on_calls: frozenset[str] = frozenset()
    taken: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class NumberAsked:
    """A number that is looked for: `whole` in E.164, or by its `end`, the digits that everybody is shown. Neither:
    what was written asks for no number that may be asked for."""

    whole: str = ""
    end: str = ""

    def __bool__(self) -> bool:
        return bool(self.whole or self.end)


def may_see(sight: Sight, number: str) -> bool:
    """Whether the number (E.164) is shown whole. No link between records counts, whoever has set it."""
    return sight.oversees or (number != "" and (number in sight.on_calls or number in sight.taken))


def without_numbers(text: str) -> str:
    """The text with each number in it masked; dates stay."""
    return _NUMBER.sub(lambda found: numbers.mask(found[0]), text)


def number_asked(written: str, whole_too: bool = True) -> NumberAsked:
    """What somebody who sees numbers masked asks for. A part of a number asks for nothing: how many are found by it
    would tell the digits that are hidden. `whole_too`: whole numbers may be asked for, and not their end alone."""
    whole = numbers.normalise(written)
    if whole and not whole_too:
        return NumberAsked()
    if whole:
        return NumberAsked(whole=whole)
    digits = numbers.search_term(written)
    ends = len(digits) == END_DIGITS and digits.isascii() and digits.isdigit()
    return NumberAsked(end=digits if ends else "")
