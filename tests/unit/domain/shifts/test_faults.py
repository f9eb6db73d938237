"""What is wrong with a plan (F6), and when nobody is there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from hotline.domain.calendar import Hours, WorkCalendar
from hotline.domain.interval import Interval
from hotline.domain.shifts.faults import FaultKind, WorkLimits, duty_gaps, faults, gaps, worked
from hotline.domain.shifts.pattern import Pattern, ShiftHours, laid_out, moved
from hotline.domain.shifts.shift import PlannedShift, merged
from hotline.domain.shifts.swap import SwapProblem, exchanged, problems_of_time
from hotline.domain.time import SHANGHAI

LIMITS = WorkLimits(timedelta(hours=11), timedelta(hours=44))


def no_pause(shift: PlannedShift) -> timedelta:
    return timedelta()


def wall(day: int, clock: str) -> datetime:
    """Of November 2026, whose second is a Monday."""
    return datetime.combine(date(2026, 11, 1) + timedelta(days=day - 1), time.fromisoformat(clock), SHANGHAI)


def shift(day: int, start: str, hours: float, person: int = 1, **more: object) -> PlannedShift:
    begins = wall(day, start)
    made = PlannedShift(f"p{person}", begins, begins + timedelta(hours=hours), person, id=day * 100 + person)
    return replace(made, **more)  # type: ignore[arg-type]


def kinds(*shifts: PlannedShift) -> list[FaultKind]:
    return [each.kind for each in faults(shifts, LIMITS, no_pause)]


def test_f6_a_person_is_at_one_desk_at_a_time() -> None:
    first, second = shift(2, "09:00", 8), shift(2, "16:00", 4, id=7)
    [found] = faults([second, first], LIMITS, no_pause)
    assert (found.kind, found.shift, found.hours) == (FaultKind.OVERLAP, second, 1.0)
    assert kinds(first, shift(2, "16:00", 4, person=2)) == []
    assert kinds(first, shift(2, "17:00", 4, id=7)) == []  # one after the other


def test_the_duty_mobile_goes_beside_a_desk_but_not_beside_itself() -> None:
    month = shift(1, "00:00", 30 * 24, duty=True)
    assert kinds(month, shift(2, "09:00", 8)) == []
    assert kinds(month, shift(3, "17:30", 15, duty=True)) == [FaultKind.OVERLAP]
    one, other = replace(month, lines=("main",)), shift(3, "17:30", 15, duty=True, lines=("spare",))
    assert kinds(one, other) == []


@pytest.mark.parametrize(("start", "wrong"), [("09:30", [FaultKind.REST]), ("10:59", [FaultKind.REST]), ("11:00", [])])
def test_f6_between_the_shifts_of_two_days_lies_a_rest(start: str, wrong: list[FaultKind]) -> None:
    assert kinds(shift(2, "18:30", 5.5), shift(3, start, 2)) == wrong


def test_shifts_of_one_day_are_one_stretch_of_work() -> None:
    assert kinds(shift(2, "09:00", 3), shift(2, "13:00", 4, id=8)) == []


def test_f6_a_week_has_so_many_hours_and_pauses_are_none() -> None:
    week = [shift(day, "09:00", 8.5) for day in range(2, 8)]
    assert [(each.kind, each.shift, each.hours) for each in faults(week, LIMITS, no_pause)] == [
        (FaultKind.WEEK, week[-1], 51.0)
    ]
    assert faults(week, LIMITS, lambda each: timedelta(hours=1.5)) == []
    assert worked(week, lambda each: timedelta(hours=1.5)) == timedelta(hours=42)
    assert kinds(*week[:5], shift(9, "09:00", 8.5)) == []  # a week begins on Monday


def test_whoever_is_on_leave_does_not_work() -> None:
    away = {1: [Interval(wall(2, "00:00"), wall(3, "00:00"))]}
    found = faults([shift(2, "09:00", 8), shift(3, "09:00", 8)], LIMITS, no_pause, away)
    assert [(each.kind, each.shift.id) for each in found] == [(FaultKind.LEAVE, 201)]


CALENDAR = WorkCalendar(
    week=tuple(((Hours(time(9), time(12)), Hours(time(13), time(17, 30))) if day < 5 else ()) for day in range(7)),
    makeup_day=(),
)


def test_f6_where_a_line_is_open_and_nobody_is_planned_is_a_gap() -> None:
    plan = [shift(2, "09:00", 7), shift(2, "10:00", 2, person=2), shift(2, "17:30", 15, duty=True)]
    calendars = {"main": CALENDAR, "spare": CALENDAR}
    [found] = gaps(plan, calendars, wall(2, "00:00"), wall(3, "00:00"))
    assert (found.starts_at, found.ends_at, found.lines) == (wall(2, "16:00"), wall(2, "17:30"), ("main", "spare"))
    of_main = [replace(each, lines=("main",)) for each in plan]
    spare = [each for each in gaps(of_main, calendars, wall(2, "00:00"), wall(3, "00:00")) if "spare" in each.lines]
    assert [(each.starts_at, each.ends_at) for each in spare] == [
        (wall(2, "09:00"), wall(2, "12:00")),
        (wall(2, "13:00"), wall(2, "17:30")),
    ]


def test_a16_where_a_line_is_closed_and_nobody_has_the_duty_mobile_is_a_gap() -> None:
    plan = [shift(2, "17:30", 6, duty=True), shift(2, "00:00", 24)]
    found = duty_gaps(plan, {"main": CALENDAR}, wall(2, "00:00"), wall(3, "09:00"))
    assert [(each.starts_at, each.ends_at) for each in found] == [
        (wall(2, "00:00"), wall(2, "09:00")),
        (wall(2, "12:00"), wall(2, "13:00")),
        (wall(2, "23:30"), wall(3, "09:00")),
    ]


def test_what_meets_becomes_one() -> None:
    spans = [Interval(wall(2, a), wall(2, b)) for a, b in (("10:00", "11:00"), ("08:00", "09:00"), ("09:00", "10:30"))]
    assert merged(spans) == [Interval(wall(2, "08:00"), wall(2, "11:00"))]


# Patterns.


def days(pattern: Pattern, people: int, first: date, last: date) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {place: [] for place in range(people)}
    for each in laid_out(pattern, people, first, last):
        found[each.place].append(each.day.day)
    return found


def test_f6_two_on_two_off() -> None:
    pattern = Pattern(("day", "day", "", ""), offset=2)
    laid = days(pattern, 2, date(2026, 11, 2), date(2026, 11, 9))
    assert laid == {0: [2, 3, 6, 7], 1: [4, 5, 8, 9]}


def test_f6_evenings_in_turn_leave_out_sundays() -> None:
    pattern = Pattern(("evening",), weekdays=frozenset(range(6)), in_turn=True)
    laid = days(pattern, 2, date(2026, 11, 2), date(2026, 11, 10))
    assert laid == {0: [2, 4, 6, 9], 1: [3, 5, 7, 10]}
    assert days(pattern, 1, date(2026, 11, 2), date(2026, 11, 4)) == {0: [2, 3, 4]}


def test_f6_weekends_in_turn_are_one_person_s_whole() -> None:
    pattern = Pattern(("day",), weekdays=frozenset({5, 6}), by_week=True, in_turn=True)
    laid = days(pattern, 3, date(2026, 11, 2), date(2026, 11, 22))
    assert laid == {0: [7, 8], 1: [14, 15], 2: [21, 22]}


def test_an_end_that_is_not_after_the_start_lies_on_the_next_day() -> None:
    assert ShiftHours(time(18, 30), time(0)).on(date(2026, 11, 2)) == Interval(wall(2, "18:30"), wall(3, "00:00"))
    assert ShiftHours(time(17, 30), time(9)).on(date(2026, 11, 2)) == Interval(wall(2, "17:30"), wall(3, "09:00"))
    assert moved(Interval(wall(2, "18:30"), wall(3, "00:00")), 7) == Interval(wall(9, "18:30"), wall(10, "00:00"))


# Swaps.


def test_f6_a_swap_is_wrong_where_it_makes_something_wrong_that_was_right() -> None:
    given, beside = shift(2, "09:00", 8), shift(2, "16:00", 4, person=2)
    after = [*exchanged(given, None, (2, "p2")), beside]
    assert problems_of_time([given, beside], after, LIMITS, no_pause) == [SwapProblem.OVERLAP]
    late = shift(1, "18:30", 5.5, person=2)
    after = [*exchanged(given, None, (2, "p2")), late]
    assert problems_of_time([given, late], after, LIMITS, no_pause) == [SwapProblem.REST]
    free = shift(4, "09:00", 8, person=2)
    assert problems_of_time([given, free], exchanged(given, free, (2, "p2")), LIMITS, no_pause) == []


def test_a_number_of_one_s_own_stays_with_whoever_it_is_of() -> None:
    given = shift(2, "17:30", 15, duty=True, numbers=("13900000001",))
    [changed] = exchanged(given, None, (2, "p2"))
    assert (changed.person_id, changed.person, changed.numbers) == (2, "p2", ())
