"""What verdicts add up to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from hotline.domain.calendar import local_day
from hotline.domain.shares import percent
from hotline.domain.time import midnight
from hotline.domain.verdicts.verdict import Judgement
from hotline.domain.wall_time import DAY


class TallyAxis(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    LINE = "line"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Window:
    """Subjects of [`start`, `end`), aware UTC; None: of any line, of anybody. `people`: of one of these alone."""

    start: datetime
    end: datetime
    line: str | None = None
    person_id: int | None = None
    people: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """`key`: on the axis asked for: 2026-11-30, 2026-W49, 2026-11, a line's id, a person's id; "" for none."""

    rule: str
    key: str
    kept: int = 0
    broken: int = 0
    not_applicable: int = 0
    not_judged: int = 0

    @property
    def applied(self) -> int:
        return self.kept + self.broken

    @property
    def kept_percent(self) -> float | None:
        return percent(self.kept, self.applied)


class Counted(NamedTuple):
    """How many verdicts of one day, rule, line, person (0 for nobody) and judgement there are."""

    day: date
    rule: str
    line: str
    person_id: int
    judgement: Judgement
    number: int


class Stretches(NamedTuple):
    """A window as whole days in Shanghai, [first, last), and what is left over at its ends, each within one day."""

    first: date
    last: date
    rests: tuple[tuple[datetime, datetime], ...]


def stretches(start: datetime, end: datetime) -> Stretches:
    """`first` == `last` where no whole day lies in it."""
    first, last = local_day(start), local_day(end)
    if midnight(first) < start:
        first += DAY
    if first >= last:
        cut = midnight(local_day(start) + DAY)
        ends = ((start, min(cut, end)), (cut, end))
        return Stretches(first, first, tuple((a, b) for a, b in ends if a < b))
    ends = ((start, midnight(first)), (midnight(last), end))
    return Stretches(first, last, tuple((a, b) for a, b in ends if a < b))


def key_on(axis: TallyAxis | None, counted: Counted) -> str:
    if axis is None:
        return ""
    if axis is TallyAxis.DAY:
        return counted.day.isoformat()
    if axis is TallyAxis.WEEK:
        year, week, _day = counted.day.isocalendar()
        return f"{year:04}-W{week:02}"
    if axis is TallyAxis.MONTH:
        return f"{counted.day:%Y-%m}"
    return counted.line if axis is TallyAxis.LINE else str(counted.person_id or "")


def tallied(rows: Iterable[Counted], axis: TallyAxis | None) -> list[Tally]:
    """By rule, then by key."""
    sums: dict[tuple[str, str], dict[Judgement, int]] = defaultdict(dict)
    for row in rows:
        group = sums[row.rule, key_on(axis, row)]
        group[row.judgement] = group.get(row.judgement, 0) + row.number
    return [
        _tally(rule, key, group)
        for (rule, key), group in sorted(sums.items(), key=lambda each: (_place(each[0][0]), each[0][1]))
    ]


def _tally(rule: str, key: str, group: Mapping[Judgement, int]) -> Tally:
    return Tally(
        rule,
        key,
        group.get(Judgement.KEPT, 0),
        group.get(Judgement.BROKEN, 0),
        group.get(Judgement.NOT_APPLICABLE, 0),
        group.get(Judgement.NOT_JUDGED, 0),
    )


def _place(rule: str) -> tuple[str, int]:
    return rule[:1], int(rule[1:])
