"""What a figure is: its meaning in both languages, and how it is taken of measures. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from hotline.domain.reports.scope import Axis, Value

#: Of fewer pairs an agreement says nothing (ours).
MIN_PAIRS = 10


class Text(NamedTuple):
    zh: str
    en: str


class Unit(StrEnum):
    COUNT = "count"
    PERCENT = "percent"
    SECONDS = "seconds"
    MINUTES = "minutes"
    POINTS = "points"
    ERLANG = "erlang"
    RATIO = "ratio"


class Attribution(StrEnum):
    """By which moment something belongs to a time: of a call its arrival, of a callback when it became owed…"""

    ARRIVAL = "arrival"
    OWED = "owed"
    DUE = "due"
    OFFERED = "offered"
    OPENED = "opened"
    CLOSED = "closed"
    ASSIGNED = "assigned"
    STEP = "step"
    STATE = "state"
    PLANNED = "planned"
    STARTED = "started"


class Better(StrEnum):
    """Which way is the better one; NEITHER: it says nothing of how good we are."""

    HIGH = "high"
    LOW = "low"
    NEITHER = "neither"


def is_better(better: Better, now: float, before: float) -> bool | None:
    """Whether what a figure is now is better than what it was; None where it is the same, or says nothing of how good
    we are."""
    if better is Better.NEITHER or now == before:
        return None
    return (now > before) == (better is Better.HIGH)


class How(StrEnum):
    """SUM of measures; STOCK what the sum of all before the end of the time comes to; RATIO of two sums; PERCENTILE by
    nearest rank, in whole seconds rounded up; LONGEST the highest; DISTINCT how many different; EACH a sum a head of
    these; PEAK the most at once; KAPPA how far two agree beyond chance (Cohen)."""

    SUM = "sum"
    STOCK = "stock"
    RATIO = "ratio"
    PERCENTILE = "percentile"
    LONGEST = "longest"
    DISTINCT = "distinct"
    EACH = "each"
    PEAK = "peak"
    KAPPA = "kappa"


#: Of what needs to know who called.
OF_CALLERS = frozenset({How.DISTINCT, How.EACH})
#: Of what adds up.
OF_SUMS = frozenset({How.SUM, How.RATIO, How.KAPPA})


@dataclass(frozen=True, slots=True)
class Taken:
    """Of measures by their names (hotline.storage.reports.sources). SUM and RATIO: `top` ÷ `bottom` × `scale`, where a
    name with "-" before it is taken off; `plus` is added at the end; `of_all`: along an axis that `bottom` does not
    know, it is divided by all there was. EACH: `top` ÷ different callers. PERCENTILE, LONGEST: of the values of these
    names, at `share` of 100. KAPPA: `top`: how many agreed, the first said yes to, and the second; `bottom`: of how
    many."""

    how: How
    top: tuple[str, ...]
    bottom: tuple[str, ...] = ()
    scale: float = 1.0
    plus: float = 0.0
    share: int = 0
    of_all: bool = False

    @property
    def measures(self) -> frozenset[str]:
        """Without their signs."""
        return frozenset(name.removeprefix("-") for name in (*self.top, *self.bottom))


def of_sums(taken: Taken, sums: Mapping[str, float], digits: int = 4) -> Value:
    """The value of a SUM, a RATIO or a KAPPA; its `of` is what was divided by, or the sum itself."""
    if taken.how is How.KAPPA:
        pairs = round(_sum(taken.bottom, sums))
        agreed, first, second = (round(sums[name]) for name in taken.top)
        return Value(_rounded(kappa(agreed, first, second, pairs), digits), pairs)
    top = _sum(taken.top, sums)
    if taken.how is How.SUM:
        return Value(_rounded(top * taken.scale + taken.plus, digits), round(top))
    bottom = _sum(taken.bottom, sums)
    value = top / bottom * taken.scale + taken.plus if bottom else None
    return Value(_rounded(value, digits), round(bottom))


def kappa(agreed: int, first_yes: int, second_yes: int, pairs: int) -> float | None:
    """Cohen's kappa of two who each said yes or no to the same `pairs` things: 1 they agree in all, 0 as often as by
    chance, below 0 less. None of fewer than MIN_PAIRS, and where both always said the same one thing, which chance
    alone explains."""
    if pairs < MIN_PAIRS:
        return None
    by_chance = (first_yes * second_yes + (pairs - first_yes) * (pairs - second_yes)) / pairs**2
    return None if by_chance == 1 else (agreed / pairs - by_chance) / (1 - by_chance)


def a_head(total: float, heads: int) -> Value:
    return Value(round(total / heads, 4) if heads else None, heads)


def nearest_rank(counts: Mapping[int, int], share: int) -> Value:
    """The smallest value that at least `share` % of all are not above; `counts`: how many have each value."""
    total = sum(counts.values())
    rank, seen = -(-total * share // 100), 0
    for value in sorted(counts):
        seen += counts[value]
        if counts[value] and seen >= rank:
            return Value(float(value), total)
    return Value(None, 0)


def highest(counts: Mapping[int, int]) -> Value:
    found = [value for value, count in counts.items() if count]
    return Value(float(max(found)) if found else None, sum(counts.values()))


def _sum(names: tuple[str, ...], sums: Mapping[str, float]) -> float:
    return sum(-sums[name[1:]] if name.startswith("-") else sums[name] for name in names)


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)


@dataclass(frozen=True, slots=True)
class Figure:
    """`number`: of the 47. `counts`, `left_out`: what is in it, and what is not. `view`: the SQL view that gives it by
    day and line. `rows`: the measure whose rows it opens."""

    name: str
    number: int
    title: Text
    meaning: Text
    formula: Text
    counts: Text
    left_out: Text
    unit: Unit
    attribution: Attribution
    better: Better
    axes: frozenset[Axis]
    taken: Taken
    rows: str

    @property
    def view(self) -> str:
        return f"figure_{self.name}"
