"""How many people each half hour needs, beside those that the plan has. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from hotline.domain.interval import Interval
from hotline.domain.shifts.shift import PlannedShift
from hotline.domain.staffing.days import SLOTS, LikeDay
from hotline.domain.staffing.erlang import Demand, people_needed, with_shrinkage
from hotline.domain.time import midnight

HALF_HOUR = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Aim:
    """What staffing goes by. `percent` of the calls answered within `seconds` (G5); a call takes `talk_seconds` and
    `wrap_up_seconds`; callers wait `patience_seconds` on average; `shrinkage_percent` of those planned are not
    there."""

    percent: float
    seconds: float
    talk_seconds: float
    wrap_up_seconds: float
    patience_seconds: float
    shrinkage_percent: float

    def people(self, calls: float) -> int:
        """How many must be planned for so many calls in half an hour."""
        return _people(self, round(calls, 1))


@lru_cache(maxsize=20_000)
def _people(aim: Aim, calls: float) -> int:
    demand = Demand(calls, aim.talk_seconds + aim.wrap_up_seconds, aim.patience_seconds)
    return with_shrinkage(people_needed(demand, aim.percent, aim.seconds), aim.shrinkage_percent)


@dataclass(frozen=True, slots=True)
class Slot:
    """Half an hour. `open`: the line is, for some of it. `planned`: who is at the desk all of it."""

    starts_at: datetime
    calls: float
    needed: int
    planned: int
    open: bool

    @property
    def missing(self) -> int:
        return max(self.needed - self.planned, 0)


@dataclass(frozen=True, slots=True)
class StaffingDay:
    day: date
    like: LikeDay
    slots: tuple[Slot, ...]

    @property
    def calls(self) -> float:
        return sum(each.calls for each in self.slots)

    @property
    def missing(self) -> int:
        """Half hours of people who are missing."""
        return sum(each.missing for each in self.slots)


def staffing_of(
    day: date,
    like: LikeDay,
    calls: Sequence[float],
    aim: Aim,
    open_spans: Sequence[Interval],
    shifts: Sequence[PlannedShift],
) -> StaffingDay:
    """Nobody is needed while the line is closed: those calls go to the duty mobile (A2)."""
    first = midnight(day)
    slots = []
    for place in range(SLOTS):
        starts = first + place * HALF_HOUR
        ends = starts + HALF_HOUR
        is_open = any(span.starts_at < ends and span.ends_at > starts for span in open_spans)
        needed = aim.people(calls[place]) if is_open and calls[place] > 0 else 0
        slots.append(Slot(starts, calls[place], needed, people_there(shifts, starts, ends), is_open))
    return StaffingDay(day, like, tuple(slots))


def people_there(shifts: Iterable[PlannedShift], since: datetime, until: datetime) -> int:
    """Persons at the desk for all of [since, until)."""
    return len(
        {
            each.person_id or each.person
            for each in shifts
            if not each.duty and each.starts_at <= since and each.ends_at >= until
        }
    )
