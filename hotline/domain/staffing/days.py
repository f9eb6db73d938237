"""What of its weekdays a day is like: by the calendar, not by its name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum, StrEnum

from hotline.domain.calendar import DayKind, WorkCalendar

#: Half hours of a day.
SLOTS = 48


class LikeDay(IntEnum):
    """Monday is 0. HOLIDAY: a public holiday, whatever its weekday."""

    MON = 0
    TUE = 1
    WED = 2
    THU = 3
    FRI = 4
    SAT = 5
    SUN = 6
    HOLIDAY = 7


class LeftOut(StrEnum):
    """Why a day of the past does not count. OTHER_HOURS: the line's hours were others then; OUTAGE: no call came for so
    long that the line must have been down; DECLARED: somebody declared the line open or closed; BY_HAND: a supervisor
    said so; CLOSED: the site's own closed day."""

    CLOSED = "closed"
    OTHER_HOURS = "other_hours"
    OUTAGE = "outage"
    DECLARED = "declared"
    BY_HAND = "by_hand"


def like_day(calendar: WorkCalendar, day: date) -> LikeDay:
    """A make-up day is worked as the working day beside it: Saturday as a Friday, Sunday as a Monday. It never looks
    like the weekend that it falls on."""
    kind = calendar.day(day).kind
    if kind is DayKind.HOLIDAY:
        return LikeDay.HOLIDAY
    weekday = LikeDay(day.weekday())
    if kind is DayKind.MAKEUP:
        return {LikeDay.SAT: LikeDay.FRI, LikeDay.SUN: LikeDay.MON}.get(weekday, weekday)
    return weekday


@dataclass(frozen=True, slots=True)
class PastDay:
    """The calls of a day by half hour, the first from 00:00."""

    day: date
    like: LikeDay
    calls: tuple[int, ...]
    left_out: LeftOut | None = None

    @property
    def total(self) -> int:
        return sum(self.calls)


#: So many half hours without a call, where each usually has `_BUSY` at least, are an outage: by chance a run of them
#: comes once in exp(4 x 4) times.
_RUN, _BUSY = 4, 4


def without_outages(days: list[PastDay]) -> list[PastDay]:
    """Days on which the line must have been down are left out."""
    usual = {like: _medians([each for each in days if each.like is like and not each.left_out]) for like in LikeDay}
    return [
        replace(each, left_out=LeftOut.OUTAGE) if not each.left_out and _was_down(each, usual[each.like]) else each
        for each in days
    ]


def _medians(days: list[PastDay]) -> list[int]:
    return [sorted(each.calls[slot] for each in days)[len(days) // 2] for slot in range(SLOTS)] if days else [0] * SLOTS


def _was_down(day: PastDay, usual: list[int]) -> bool:
    run = 0
    for came, expected in zip(day.calls, usual, strict=True):
        run = run + 1 if expected >= _BUSY and not came else 0
        if run >= _RUN:
            return True
    return False
