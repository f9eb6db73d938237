"""Patterns of shifts (F6): two on, two off; evenings in turn; weekends in turn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from hotline.domain.interval import Interval
from hotline.domain.months import monday_of
from hotline.domain.time import SHANGHAI

_EVERY_DAY = frozenset(range(7))


@dataclass(frozen=True, slots=True)
class ShiftHours:
    """From when to when on a day; an `end` that is not after `start` lies on the day after. "00:00" ends the day."""

    start: time
    end: time

    def on(self, day: date) -> Interval:
        last = day if self.end > self.start else day + timedelta(days=1)
        return Interval(_utc(day, self.start), _utc(last, self.end))


@dataclass(frozen=True, slots=True)
class Pattern:
    """`cycle`: the kind of shift of each step, "" for none; one step is a day on which the pattern goes (`weekdays`,
    Monday 0), or with `by_week` a week of such days. The next person is `offset` steps behind. `in_turn`: the cycle is
    as long as there are people, so that one after the other has its first kind."""

    cycle: tuple[str, ...]
    offset: int = 1
    weekdays: frozenset[int] = _EVERY_DAY
    by_week: bool = False
    in_turn: bool = False

    def of(self, people: int) -> tuple[str, ...]:
        return (*self.cycle[:1], *("" for _ in range(people - 1))) if self.in_turn else self.cycle


@dataclass(frozen=True, slots=True)
class Laid:
    """`place`: whose it is among those for whom it was laid out."""

    place: int
    day: date
    kind: str


def laid_out(pattern: Pattern, people: int, first: date, last: date) -> Iterator[Laid]:
    """The shifts of so many people from the first day to the last, both included."""
    cycle = pattern.of(people)
    for step, day in _steps(pattern, first, last):
        for place in range(people):
            kind = cycle[(step - place * pattern.offset) % len(cycle)]
            if kind:
                yield Laid(place, day, kind)


def _steps(pattern: Pattern, first: date, last: date) -> Iterator[tuple[int, date]]:
    monday, step = monday_of(first), 0
    for count in range((last - first).days + 1):
        day = first + timedelta(days=count)
        if day.weekday() in pattern.weekdays:
            yield (day - monday).days // 7 if pattern.by_week else step, day
            step += 1


def moved(span: Interval, days: int) -> Interval:
    """At the same time of day so many days later."""
    later = (each.astimezone(SHANGHAI) + timedelta(days=days) for each in (span.starts_at, span.ends_at))
    return Interval(*(each.astimezone(UTC) for each in later))


def _utc(day: date, wall: time) -> datetime:
    return datetime.combine(day, wall, SHANGHAI).astimezone(UTC)
