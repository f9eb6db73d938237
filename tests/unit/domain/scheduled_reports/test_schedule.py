"""When reports are due, and which time they cover (B4, F1, F2)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.scheduled_reports.schedule import Covers, Due, Every, Schedule, due_after, next_due
from tests.support.instance import at

DAILY = Schedule(Every.DAY, Covers.SINCE_LAST, time(17, 30), only_on=lambda day: day.weekday() < 5)
FRIDAY = Schedule(Every.WEEK, Covers.SINCE_LAST, time(12), weekday=4)
MONDAY = Schedule(Every.WEEK, Covers.WEEK_BEFORE, time(14, 30), weekday=0)
MONTHLY = Schedule(Every.MONTH, Covers.MONTH_BEFORE, time(9))


def due(schedule: Schedule, last: str, now: str) -> list[Due]:
    return list(due_after(schedule, at(last), at(now)))


def test_b4_the_ledger_goes_from_the_last_to_this_one_and_the_next_covers_the_weekend() -> None:
    friday, monday = "2026-11-20 17:30:00", "2026-11-23 17:30:00"
    assert due(DAILY, friday, "2026-11-23 17:29:59") == []
    assert due(DAILY, friday, monday) == [Due(at(monday), at(friday), at(monday))]
    assert due(DAILY, monday, monday) == []


def test_b4_what_was_missed_while_nothing_ran_is_each_made_afterwards_without_a_gap() -> None:
    found = due(DAILY, "2026-11-20 17:30:00", "2026-11-25 19:00:00")
    assert [each.due_at for each in found] == [at(f"2026-11-{day} 17:30:00") for day in (23, 24, 25)]
    assert found[0].starts_at == at("2026-11-20 17:30:00") and found[1].starts_at == found[0].ends_at


def test_f1_the_weekly_is_due_before_fridays_meeting() -> None:
    found = due(FRIDAY, "2026-11-20 12:00:00", "2026-11-27 12:00:00")
    assert found == [Due(at("2026-11-27 12:00:00"), at("2026-11-20 12:00:00"), at("2026-11-27 12:00:00"))]


def test_f1_mondays_pages_are_of_the_week_before_also_over_the_years_edge() -> None:
    (found,) = due(MONDAY, "2027-01-01 00:00:00", "2027-01-04 14:30:00")
    assert (found.starts_at, found.ends_at) == (at("2026-12-28 00:00:00"), at("2027-01-04 00:00:00"))


@pytest.mark.parametrize(
    ("now", "first", "last"),
    [
        ("2028-03-01 09:00:00", "2028-02-01 00:00:00", "2028-03-01 00:00:00"),  # with 29 February
        ("2027-01-01 09:00:00", "2026-12-01 00:00:00", "2027-01-01 00:00:00"),
    ],
)
def test_f1_the_monthly_is_of_the_month_before(now: str, first: str, last: str) -> None:
    (found,) = list(due_after(MONTHLY, at(now) - timedelta(days=20), at(now)))
    assert (found.starts_at, found.ends_at) == (at(first), at(last))


def test_a_day_that_a_month_does_not_have_is_its_last() -> None:
    last_days = Schedule(Every.MONTH, Covers.MONTH_BEFORE, time(9), day=31)
    found = due(last_days, "2028-01-31 09:00:00", "2028-04-30 09:00:00")
    assert [each.due_at for each in found] == [at(f"2028-{day} 09:00:00") for day in ("02-29", "03-31", "04-30")]


def test_the_next_one_is_said_and_none_where_no_day_is_worked() -> None:
    assert next_due(DAILY, at("2026-11-20 17:30:00")) == at("2026-11-23 17:30:00")
    never = Schedule(Every.DAY, Covers.SINCE_LAST, time(9), only_on=lambda _day: False)
    assert next_due(never, at("2026-11-20 17:30:00")) is None


@given(st.lists(st.integers(0, 3 * 24 * 60), min_size=1, max_size=12), st.times())
def test_however_often_it_is_asked_each_is_due_once_and_none_is_left_out(steps: list[int], hour: time) -> None:
    schedule = Schedule(Every.DAY, Covers.SINCE_LAST, hour.replace(microsecond=0))
    start = last = datetime(2028, 2, 20, tzinfo=UTC)
    now, found = start, []
    for minutes in steps:
        now += timedelta(minutes=minutes)
        for each in due_after(schedule, last, now):
            found.append(each)
            last = each.due_at
    assert found == list(due_after(schedule, start, now))
    joins = [start, *(each.ends_at for each in found)]
    assert all(each.starts_at == before for each, before in zip(found, joins, strict=False))


def test_days_are_those_of_shanghai() -> None:
    early = Schedule(Every.DAY, Covers.SINCE_LAST, time(0, 30), only_on=lambda day: day == date(2026, 11, 23))
    assert next_due(early, at("2026-11-22 23:00:00")) == at("2026-11-23 00:30:00")
