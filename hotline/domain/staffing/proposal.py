"""A plan to be proposed: who could have which shift, and what all rules say of it. Pure; whoever solves it is given
this."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hotline.domain.calendar import local_day
from hotline.domain.interval import Interval
from hotline.domain.reasons import Reason, because
from hotline.domain.shifts.faults import WorkLimits
from hotline.domain.staffing.need import HALF_HOUR, StaffingDay


@dataclass(frozen=True, slots=True)
class ShiftChoice:
    """A shift that somebody could have. `work`: without the pause. `kind` as in the settings, "" for none of them."""

    span: Interval
    work: timedelta
    kind: str = ""

    def covers(self, since: datetime) -> bool:
        """The half hour that begins then."""
        return self.span.starts_at <= since and self.span.ends_at >= since + HALF_HOUR


@dataclass(frozen=True, slots=True)
class Planner:
    """One of our people. `away`: not here. `planned`: shifts that they have in the weeks beside this one."""

    person_id: int
    name: str
    away: tuple[Interval, ...] = ()
    planned: tuple[Interval, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """`needs`: half hours with how many must be there. `may`: by place of the planner, places of the choices that they
    could have at all."""

    planners: tuple[Planner, ...]
    choices: tuple[ShiftChoice, ...]
    needs: tuple[tuple[datetime, int], ...]
    limits: WorkLimits
    may: tuple[tuple[int, ...], ...]


def problem_of(
    planners: Sequence[Planner], choices: Sequence[ShiftChoice], days: Iterable[StaffingDay], limits: WorkLimits
) -> Problem:
    needs = tuple((slot.starts_at, slot.needed) for day in days for slot in day.slots if slot.needed)
    useful = tuple(each for each in choices if any(each.covers(at) for at, _ in needs))
    may = tuple(
        tuple(place for place, each in enumerate(useful) if _fits(planner, each, limits.rest)) for planner in planners
    )
    return Problem(tuple(planners), useful, needs, limits, may)


def go_together(one: ShiftChoice, other: ShiftChoice, rest: timedelta) -> bool:
    """Whether one person can have both: on two days, with the rest between them."""
    if local_day(one.span.starts_at) == local_day(other.span.starts_at):
        return False
    first, second = sorted((one.span, other.span), key=lambda span: span.starts_at)
    return second.starts_at - first.ends_at >= rest


def why_none(problem: Problem) -> Reason | None:
    """What stands against any plan, as far as it can be said in a sentence; None: nothing of that kind."""
    if not problem.planners:
        return because("staffing.why_nobody")
    for at, needed in problem.needs:
        able = sum(any(problem.choices[place].covers(at) for place in theirs) for theirs in problem.may)
        if able < needed:
            return because("staffing.why_slot", at=at, needed=needed, able=able)
    wanted = sum((HALF_HOUR * needed for _, needed in problem.needs), timedelta())
    if wanted > problem.limits.week * len(problem.planners):
        return because("staffing.why_hours")
    return None


def generated(days: Iterable[StaffingDay], length: timedelta) -> list[ShiftChoice]:
    """Shifts of this length, beginning at each half hour of the time in which people are needed. An hour of a shift of
    six hours and more is a pause."""
    pause = timedelta(hours=1) if length >= timedelta(hours=6) else timedelta()
    found = []
    for day in days:
        needed = [slot.starts_at for slot in day.slots if slot.needed]
        if not needed:
            continue
        first, last = needed[0], needed[-1] + HALF_HOUR
        starts = first
        while starts == first or starts + length <= last:
            found.append(ShiftChoice(Interval(starts, starts + length), length - pause))
            starts += HALF_HOUR
    return found


def _fits(planner: Planner, choice: ShiftChoice, rest: timedelta) -> bool:
    span = choice.span
    if any(span.starts_at < each.ends_at and span.ends_at > each.starts_at for each in planner.away):
        return False
    return not any(
        span.starts_at < each.ends_at + rest and span.ends_at + rest > each.starts_at for each in planner.planned
    )


Chosen = Mapping[int, Sequence[int]]
