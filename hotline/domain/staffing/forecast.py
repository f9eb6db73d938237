"""How many calls come in each half hour of a day to come, from those that came.

What a day is like (Monday … Sunday, public holiday) gives its size and its course; the month gives a factor; what is
six weeks old counts half of what came last week. How wrong that was in the last weeks is told beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hotline.domain.staffing.days import SLOTS, LikeDay, PastDay

#: With fewer weeks nothing is forecast.
LEAST_WEEKS = 8
#: After so many weeks a day counts half.
_HALF_WEEKS = 6
#: A month's factor is known from 300 days on at least, which is a year without what was left out; before, all are 1.
_YEAR = 300
#: A month of so many days seen counts half of what it says: few days say little.
_MONTH_DAYS = 5
#: The forecast is measured on so many weeks, each forecast from what was known before it.
MEASURED_WEEKS = 4

Volumes = Mapping[LikeDay, Sequence[float]]


@dataclass(frozen=True, slots=True)
class Model:
    """`course`: calls by half hour of a day of each kind, in a month of factor 1. `months`: January is 1."""

    course: Volumes
    months: Mapping[int, float]

    def day(self, day: date, like: LikeDay) -> tuple[float, ...]:
        factor = self.months.get(day.month, 1.0)
        return tuple(each * factor for each in self.course[like])


@dataclass(frozen=True, slots=True)
class Error:
    """`wape`: the sum of what it was off by, of all calls that came; `bias`: what it was too high by (below 0: too
    low). Shares of the calls; None where none came."""

    calls: int
    forecast: float
    off: float

    @property
    def wape(self) -> float | None:
        return self.off / self.calls if self.calls else None

    @property
    def bias(self) -> float | None:
        return (self.forecast - self.calls) / self.calls if self.calls else None


@dataclass(frozen=True, slots=True)
class Measured:
    """`by_slot`: by half hour of the day; `days`: those that were looked at."""

    whole: Error
    by_slot: tuple[Error, ...]
    days: int


def weeks_of(days: Sequence[PastDay]) -> int:
    """Whole weeks of days that count."""
    return sum(1 for each in days if not each.left_out) // 7


def fit(days: Iterable[PastDay], until: date) -> Model | None:
    """From the days before `until`; None where they are fewer than LEAST_WEEKS."""
    used = [each for each in days if not each.left_out and each.day < until]
    if weeks_of(used) < LEAST_WEEKS:
        return None
    months = _months(used)
    sums = {like: [0.0] * SLOTS for like in LikeDay}
    weights: dict[LikeDay, float] = defaultdict(float)
    for each in used:
        weight = 0.5 ** ((until - each.day).days / 7 / _HALF_WEEKS)
        weights[each.like] += weight
        course = sums[each.like]
        factor = weight / months.get(each.day.month, 1.0)
        for slot, calls in enumerate(each.calls):
            if calls:
                course[slot] += calls * factor
    known = {like: tuple(each / weights[like] for each in sums[like]) for like in LikeDay if weights[like]}
    return Model(filled(known), months)


def filled(known: Volumes) -> Volumes:
    """What was never seen is like what is nearest: a holiday like a Sunday, another day like a working day."""
    nearest = {
        LikeDay.HOLIDAY: (LikeDay.SUN, LikeDay.SAT),
        LikeDay.SUN: (LikeDay.SAT, LikeDay.HOLIDAY),
        LikeDay.SAT: (LikeDay.SUN, LikeDay.HOLIDAY),
    }
    working = (LikeDay.WED, LikeDay.THU, LikeDay.TUE, LikeDay.MON, LikeDay.FRI)
    none = (0.0,) * SLOTS
    return {
        like: next((known[each] for each in (like, *nearest.get(like, working)) if each in known), none)
        for like in LikeDay
    }


def measure(days: Sequence[PastDay], until: date, weeks: int = MEASURED_WEEKS) -> Measured | None:
    """Each of the last weeks forecast from what was known before it; None where too little was."""
    pairs: list[tuple[PastDay, tuple[float, ...]]] = []
    for ago in range(weeks, 0, -1):
        first, last = until - timedelta(weeks=ago), until - timedelta(weeks=ago - 1)
        model = fit(days, first)
        if model is not None:
            pairs += [(each, model.day(each.day, each.like)) for each in days if _within(each, first, last)]
    if not pairs:
        return None
    by_slot = tuple(_error([(each.calls[slot], forecast[slot]) for each, forecast in pairs]) for slot in range(SLOTS))
    whole = Error(
        sum(each.calls for each in by_slot), sum(each.forecast for each in by_slot), sum(each.off for each in by_slot)
    )
    return Measured(whole, by_slot, len(pairs))


def _within(day: PastDay, first: date, last: date) -> bool:
    return not day.left_out and first <= day.day < last


def _error(pairs: Sequence[tuple[int, float]]) -> Error:
    return Error(
        sum(came for came, _ in pairs),
        sum(expected for _, expected in pairs),
        sum(abs(came - expected) for came, expected in pairs),
    )


def _months(days: Sequence[PastDay]) -> dict[int, float]:
    """Each against what its days would bring in a usual month; the mean of all is 1."""
    if len(days) < _YEAR:
        return {}
    totals: dict[LikeDay, list[int]] = defaultdict(list)
    for each in days:
        totals[each.like].append(each.total)
    usual = {like: sum(found) / len(found) for like, found in totals.items()}
    came: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for each in days:
        came[each.day.month].append((each.total, usual[each.like]))
    factors = {month: _factor(found) for month, found in came.items()}
    mean = sum(factors.values()) / len(factors)
    return {month: factor / mean for month, factor in factors.items()} if mean else {}


def _factor(found: Sequence[tuple[int, float]]) -> float:
    expected = sum(usual for _, usual in found)
    seen = sum(total for total, _ in found) / expected if expected else 1.0
    trust = len(found) / (len(found) + _MONTH_DAYS)
    return max(1 + (seen - 1) * trust, 0.05)
