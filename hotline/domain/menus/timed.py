"""Where a key leads at some times of the week: "sat,sun 09:00-12:00 voicemail"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from hotline.domain.menu_target import target_of
from hotline.domain.time import SHANGHAI

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

#: In place of days: every day of the week.
DAILY = "daily"

_WRITTEN = re.compile(r"([a-z,-]+) +(\d{1,2}:\d{2})-(\d{1,2}:\d{2}) +(\S+)")
_DAY_ENDS = "24:00"


@dataclass(frozen=True, slots=True)
class TimedTarget:
    """[`start`, `end`) on these days of the week, in Shanghai; Monday is 0. An `end` of 00:00 is the day's end."""

    days: frozenset[int]
    start: time
    end: time
    to: str

    def holds(self, weekday: int, at: time) -> bool:
        return weekday in self.days and self.start <= at and (at < self.end or self.end == time.min)

    def overlaps(self, other: TimedTarget) -> bool:
        """Whether there is a moment of the week at which both hold."""
        return bool(self.days & other.days) and (
            (self.end == time.min or other.start < self.end) and (other.end == time.min or self.start < other.end)
        )


def timed_target(text: str) -> TimedTarget:
    """As it is written in the settings. Raises LookupError for what is no such thing."""
    found = _WRITTEN.fullmatch(text.strip())
    if found is None:
        raise LookupError(text)
    days, starts, ends, to = found.groups()
    target_of(to)
    try:
        start = time.fromisoformat(starts.rjust(5, "0"))
        end = time.min if ends == _DAY_ENDS else time.fromisoformat(ends.rjust(5, "0"))
        read = TimedTarget(_days(days), start, end, to)
    except ValueError:
        raise LookupError(text) from None
    if read.start >= read.end != time.min:
        raise LookupError(text)
    return read


def target_at(to: str, times: Iterable[str], moment: datetime) -> str:
    """Where a key leads at that moment: by its times, else where it usually does."""
    local = moment.astimezone(SHANGHAI)
    return target_in_week(to, map(timed_target, times), local.weekday(), local.time())


def target_in_week(to: str, times: Iterable[TimedTarget], weekday: int, at: time) -> str:
    """As `target_at`, at a time of the week."""
    return next((each.to for each in times if each.holds(weekday, at)), to)


def next_turn(times: Iterable[TimedTarget], moment: datetime) -> list[datetime]:
    """When each of these begins to hold next, at `moment` or later, the soonest first."""
    local = moment.astimezone(SHANGHAI)
    found = []
    for each in times:
        starts = [
            datetime.combine((local + timedelta(days=days)).date(), each.start, SHANGHAI)
            for days in range(8)
            if (local + timedelta(days=days)).weekday() in each.days
        ]
        found += [min(start for start in starts if start >= local)]
    return sorted(set(found))


def _days(text: str) -> frozenset[int]:
    """Raises ValueError."""
    if text == DAILY:
        return frozenset(range(7))
    found: set[int] = set()
    for part in text.split(","):
        first, _dash, last = part.partition("-")
        begin, end = WEEKDAYS.index(first), WEEKDAYS.index(last or first)
        if end < begin:
            raise ValueError(part)
        found |= set(range(begin, end + 1))
    return frozenset(found)
