"""How often a rule applied, was kept and broken; by week; and since when it gets worse. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hotline.domain.months import monday_of
from hotline.domain.shares import percent


@dataclass(frozen=True, slots=True)
class Count:
    kept: int = 0
    broken: int = 0
    not_applicable: int = 0
    not_judged: int = 0

    @property
    def applied(self) -> int:
        """What the rate is of: the rule applied, and could be judged."""
        return self.kept + self.broken

    @property
    def rate(self) -> float | None:
        """Percent kept, to a tenth and never rounded up to 100; None where the rule applied to nothing."""
        found = percent(self.kept, self.applied)
        return 99.9 if found == 100 and self.broken else found

    def __add__(self, other: Count) -> Count:
        return Count(
            self.kept + other.kept,
            self.broken + other.broken,
            self.not_applicable + other.not_applicable,
            self.not_judged + other.not_judged,
        )


NOTHING = Count()


@dataclass(frozen=True, slots=True)
class WeekCount:
    """`monday`: the week's first day."""

    monday: date
    count: Count


def total(counts: Iterable[Count]) -> Count:
    return sum(counts, NOTHING)


def between(days: Mapping[date, Count], first: date, last: date) -> Count:
    """Of the days `first` to `last`, both of them."""
    return total(count for day, count in days.items() if first <= day <= last)


def weekly(days: Mapping[date, Count], first: date, last: date) -> list[WeekCount]:
    """Each week from that of `first` to that of `last`, empty ones too; days outside of the two are left out."""
    weeks: dict[date, Count] = defaultdict(Count)
    for day, count in days.items():
        if first <= day <= last:
            weeks[monday_of(day)] += count
    length = (monday_of(last) - monday_of(first)).days // 7
    mondays = [monday_of(first) + timedelta(weeks=n) for n in range(length + 1)]
    return [WeekCount(monday, weeks[monday]) for monday in mondays]


def worse_since(weeks: Sequence[WeekCount]) -> date | None:
    """The first week of the falling run that lasts until the newest week with a rate: each of its weeks is below the
    one before it. Weeks in which the rule applied to nothing are passed over. None where the newest is not below the
    one before. Counts are compared, not rounded rates."""
    rated = [week for week in weeks if week.count.applied]
    since = None
    for before, week in zip(reversed(rated[:-1]), reversed(rated[1:]), strict=True):
        if not _below(week.count, before.count):
            break
        since = week.monday
    return since


def _below(one: Count, other: Count) -> bool:
    return one.kept * other.applied < other.kept * one.applied


def change(now: Count, before: Count) -> float | None:
    """In percentage points, to a tenth; None where one of the two has no rate."""
    if not now.applied or not before.applied:
        return None
    return round(100 * now.kept / now.applied - 100 * before.kept / before.applied, 1)
