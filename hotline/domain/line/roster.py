"""The duty roster (A2, A16): who has the duty mobile from when to when, and who stands in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import combinations

from hotline.domain import numbers
from hotline.domain.calendar import WorkCalendar
from hotline.domain.interval import Interval, subtract


@dataclass(frozen=True, slots=True)
class DutyNumber:
    """A mobile to try, and whose it is."""

    person: str
    number: str


@dataclass(frozen=True, slots=True)
class Shift:
    """One person's time on duty, [`starts_at`, `ends_at`). `numbers` are tried in order, then `backups`. `lines`: whose
    callers they take; none named is every line.

    `id` is None for a shift that stands in the settings file; `person_id` for somebody who is known by name alone.
    `began_at`: of a part of a shift, when the whole of it began.
    """

    person: str
    numbers: tuple[str, ...]
    backups: tuple[DutyNumber, ...]
    starts_at: datetime
    ends_at: datetime
    id: int | None = None
    note: str = ""
    lines: tuple[str, ...] = ()
    person_id: int | None = None
    began_at: datetime | None = None

    def is_for(self, line: str) -> bool:
        return not self.lines or line in self.lines

    def shares_a_line(self, other: Shift) -> bool:
        return not self.lines or not other.lines or not set(self.lines).isdisjoint(other.lines)

    def covers(self, moment: datetime) -> bool:
        return self.starts_at <= moment < self.ends_at


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two shifts for one line that both cover [`starts_at`, `ends_at`)."""

    one: Shift
    other: Shift
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Gap:
    """[`starts_at`, `ends_at`) without anybody on duty for these lines."""

    starts_at: datetime
    ends_at: datetime
    lines: tuple[str, ...]


def of_line(shifts: Iterable[Shift], line: str) -> list[Shift]:
    """Those that take this line's callers."""
    return [shift for shift in shifts if shift.is_for(line)]


def on_duty(shifts: Iterable[Shift], moment: datetime) -> list[Shift]:
    """The shifts that cover `moment`. Of several the one that began last comes first: who stands in for a day
    within another's month is meant to be called."""
    covering = [shift for shift in shifts if shift.covers(moment)]
    return sorted(covering, key=lambda s: (s.began_at or s.starts_at, s.id is not None, s.id or 0), reverse=True)


def parts(shift: Shift, edges: Iterable[datetime]) -> list[Shift]:
    """The shift cut at those of these moments that lie within it, in order."""
    inside = sorted({edge for edge in edges if shift.starts_at < edge < shift.ends_at})
    began = shift.began_at or shift.starts_at
    spans = zip([shift.starts_at, *inside], [*inside, shift.ends_at], strict=True)
    return [replace(shift, starts_at=start, ends_at=end, began_at=began) for start, end in spans]


def duty_numbers(shifts: Iterable[Shift], always: Sequence[DutyNumber], moment: datetime) -> tuple[DutyNumber, ...]:
    """The mobiles to try at `moment`, in order: each shift's numbers, its backups, then `always`; each number once,
    however it is spelt."""
    found: dict[str, DutyNumber] = {}
    for shift in on_duty(shifts, moment):
        for duty in (*(DutyNumber(shift.person, number) for number in shift.numbers), *shift.backups):
            found.setdefault(numbers.key(duty.number), duty)
    for duty in always:
        found.setdefault(numbers.key(duty.number), duty)
    return tuple(found.values())


def next_shift(shifts: Iterable[Shift], moment: datetime) -> Shift | None:
    """The first shift that begins after `moment`."""
    return min((s for s in shifts if s.starts_at > moment), key=lambda s: s.starts_at, default=None)


def overlaps(shifts: Iterable[Shift]) -> list[Overlap]:
    """Every pair of shifts that share time and a line, by the beginning of what they share."""
    found = []
    for one, other in combinations(sorted(shifts, key=lambda s: s.starts_at), 2):
        if other.starts_at < one.ends_at and one.shares_a_line(other):
            found.append(Overlap(one, other, other.starts_at, min(one.ends_at, other.ends_at)))
    return sorted(found, key=lambda o: o.starts_at)


def gaps(shifts: Iterable[Shift], calendar: WorkCalendar | None, since: datetime, until: datetime) -> list[Interval]:
    """Time in [since, until) that needs somebody on duty and has nobody (A16).

    That is all time that is not working time; without a calendar it is all time.
    """
    covered = [Interval(shift.starts_at, shift.ends_at) for shift in shifts]
    needed = [Interval(since, until)] if calendar is None else calendar.closed_spans(since, until)
    return [gap for span in needed for gap in subtract(span, covered)] if since < until else []


def uncovered(shifts: Sequence[Shift], calendar: WorkCalendar, since: datetime, until: datetime) -> list[Interval]:
    """The spans without anybody on duty that hold time outside working hours (A16), each as one."""
    needed = gaps(shifts, calendar, since, until)
    return [
        span
        for span in gaps(shifts, None, since, until)
        if any(gap.starts_at < span.ends_at and span.starts_at < gap.ends_at for gap in needed)
    ]


def by_line(spans: Mapping[str, Sequence[Interval]]) -> list[Gap]:
    """The gaps of each line, in order; lines that have the very same gap stand in it together."""
    lines: dict[tuple[datetime, datetime], list[str]] = {}
    for line, found in spans.items():
        for span in found:
            lines.setdefault((span.starts_at, span.ends_at), []).append(line)
    return [Gap(*span, tuple(names)) for span, names in sorted(lines.items())]


def parted(unplanned: Iterable[Gap], always: Collection[str]) -> tuple[list[Gap], list[Gap]]:
    """Gaps in which nobody at all would be rung (A16), and those in which a line's `always` are."""
    bare: list[Gap] = []
    standing: list[Gap] = []
    for gap in unplanned:
        with_somebody = tuple(line for line in gap.lines if line in always)
        without = tuple(line for line in gap.lines if line not in always)
        standing += [Gap(gap.starts_at, gap.ends_at, with_somebody)] if with_somebody else []
        bare += [Gap(gap.starts_at, gap.ends_at, without)] if without else []
    return bare, standing
