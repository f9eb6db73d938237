"""How grave a case is (D6): what is asked for, what the customer lost, how far it spreads; a repeat weighs double."""

from __future__ import annotations

from enum import StrEnum

#: Of each dimension.
LEAST, MOST = 1, 3

#: A second complaint about the same thing.
REPEAT_WEIGHT = 2

_MEDIUM_FROM, _SEVERE_FROM = 6, 18


class Severity(StrEnum):
    LIGHT = "light"
    MEDIUM = "medium"
    SEVERE = "severe"


def weight(demand: int, loss: int, spread: int, repeats: int = 0) -> int:
    """The product of the three, doubled when the same came before. 0 while one of them is not judged."""
    return demand * loss * spread * (REPEAT_WEIGHT if repeats else 1)


def severity(demand: int, loss: int, spread: int, repeats: int = 0) -> Severity | None:
    """From 6 on medium, from 18 on severe, of 27. What spreads as far as it can, press or authority, is severe
    whatever it weighs. None while one is not judged."""
    weighs = weight(demand, loss, spread, repeats)
    if not weighs:
        return None
    if weighs >= _SEVERE_FROM or spread == MOST:
        return Severity.SEVERE
    return Severity.MEDIUM if weighs >= _MEDIUM_FROM else Severity.LIGHT
