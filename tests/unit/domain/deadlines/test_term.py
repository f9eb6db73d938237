"""How long something may take (B2, B5, G3)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.calendar import Hours, WorkCalendar, local_day
from hotline.domain.deadlines.term import CalendarDays, NextWorkingDay, WorkingDays
from hotline.domain.time import SHANGHAI
from tests.support.instance import at

WORKDAY = (Hours(time(9), time(12)), Hours(time(13), time(17, 30)))
CALENDAR = WorkCalendar((WORKDAY,) * 5 + ((), ()), WORKDAY)
NOON = time(12)


@pytest.mark.parametrize(
    ("taken", "due"),
    [
        ("2026-11-20 22:10:00", "2026-11-23 12:00:00"),  # Friday night: Monday
        ("2026-11-21 10:00:00", "2026-11-23 12:00:00"),  # Saturday: Monday
        ("2026-11-17 02:00:00", "2026-11-17 12:00:00"),  # the night to Tuesday: Tuesday's working day has not begun
        ("2026-11-17 08:59:59", "2026-11-17 12:00:00"),
        ("2026-11-17 09:00:00", "2026-11-18 12:00:00"),  # it has
        ("2026-11-17 12:30:00", "2026-11-18 12:00:00"),  # lunch break
        ("2026-09-30 20:00:00", "2026-10-08 12:00:00"),  # National Day
        ("2026-09-19 22:00:00", "2026-09-20 12:00:00"),  # Saturday night before a make-up Sunday
        ("2026-02-27 21:00:00", "2026-02-28 12:00:00"),  # Friday night before a make-up Saturday
        ("2026-12-31 23:59:00", "2027-01-01 12:00:00"),  # a year whose holidays are not known: weekdays alone decide
    ],
)
def test_b2_due_at_noon_of_the_next_working_day_that_begins(taken: str, due: str) -> None:
    assert NextWorkingDay(NOON).due(at(taken), CALENDAR) == at(due)


def test_b2_a_day_that_begins_after_the_hour_when_it_would_be_due_is_too_late() -> None:
    afternoons = WorkCalendar(((Hours(time(13), time(17)),),) * 5 + ((), ()), ())
    assert NextWorkingDay(NOON).due(at("2026-11-17 12:30:00"), afternoons) == at("2026-11-18 12:00:00")


def test_b2_a_site_that_is_never_staffed_goes_by_the_clock_on_the_wall() -> None:
    never = WorkCalendar(((),) * 7, ())
    assert NextWorkingDay(NOON).due(at("2026-11-17 20:00:00"), never) == at("2026-11-18 12:00:00")


@given(
    taken=st.integers(0, 350 * 86_400).map(lambda after: datetime(2026, 1, 2, tzinfo=UTC) + timedelta(seconds=after)),
    due=st.times(min_value=time(0, 1)).map(lambda t: t.replace(microsecond=0)),
)
def test_b2_due_is_after_the_call_on_a_working_day_and_none_before_it_was_skipped(taken: datetime, due: time) -> None:
    found = NextWorkingDay(due).due(taken, CALENDAR)
    day = local_day(found)
    assert found > taken
    assert CALENDAR.is_working_day(day) and found.astimezone(SHANGHAI).time() == due
    earlier = [local_day(taken) + timedelta(days=n) for n in range((day - local_day(taken)).days)]
    for skipped in earlier:
        periods = CALENDAR.periods_of(skipped)
        begins_after = bool(periods) and periods[0].starts_at > taken
        assert not begins_after or _at(skipped, due) <= taken


def _at(day: date, wall: time) -> datetime:
    return datetime.combine(day, wall, SHANGHAI)


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2026-11-16 10:00:00", "2026-11-19 17:30:00"),
        ("2026-11-20 23:00:00", "2026-11-25 17:30:00"),  # Friday night
        ("2026-09-29 09:00:00", "2026-10-09 17:30:00"),  # National Day
    ],
)
def test_b5_three_working_days_end_with_the_third_ones_hours(start: str, due: str) -> None:
    assert WorkingDays(3).due(at(start), CALENDAR) == at(due)


def test_g3_the_day_of_asking_does_not_count_and_the_last_one_counts_to_its_end() -> None:
    assert CalendarDays(15).due(at("2026-11-01 23:59:00"), CALENDAR) == at("2026-11-17 00:00:00")
