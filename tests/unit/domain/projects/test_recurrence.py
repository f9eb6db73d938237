"""On which days something is due again and again (E8)."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.projects.recurrence import due_since, every, months_after, visit_months


def days(delivered_on: date, count: int) -> list[date]:
    return [months_after(delivered_on, visit_months(n)) for n in range(1, count + 1)]


def test_visits_are_monthly_in_the_first_year_and_then_once_a_quarter() -> None:
    assert [visit_months(n) for n in range(1, 17)] == [*range(1, 13), 15, 18, 21, 24]


def test_what_was_delivered_on_the_31st_comes_back_to_the_31st() -> None:
    found = days(date(2025, 10, 31), 8)
    assert [f"{day:%m-%d}" for day in found] == [
        *("11-30", "12-31", "01-31", "02-28", "03-31", "04-30", "05-31", "06-30")
    ]


def test_what_was_delivered_on_the_29th_of_february_comes_back_to_it_in_leap_years() -> None:
    begun = date(2024, 2, 29)
    assert [months_after(begun, 12 * years) for years in range(1, 5)] == [
        *(date(2025, 2, 28), date(2026, 2, 28), date(2027, 2, 28), date(2028, 2, 29))
    ]


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(1, 60))
def test_each_visit_is_later_than_the_one_before(delivered_on: date, count: int) -> None:
    found = [delivered_on, *days(delivered_on, count)]
    assert all(one < other for one, other in pairwise(found))
    assert all(day.day <= delivered_on.day for day in found)


def test_only_what_became_due_since_the_last_one_is_due() -> None:
    begun = date(2026, 1, 15)
    found = list(due_since(begun, visit_months, 2, begun, date(2026, 4, 20), date(2026, 4, 13)))
    assert [(due.n, due.day, due.missed) for due in found] == [(3, date(2026, 4, 15), False)]


def test_of_what_was_missed_while_nothing_ran_only_the_latest_is_made_up_for() -> None:
    begun, today = date(2026, 1, 15), date(2026, 6, 20)
    found = list(due_since(begun, visit_months, 1, begun, today + timedelta(days=7), today))
    assert [(due.n, due.missed) for due in found] == [(2, True), (3, True), (4, True), (5, False)]


def test_what_was_due_before_it_was_entered_is_nobodys_matter() -> None:
    entered = date(2026, 3, 10)
    found = list(due_since(date(2023, 5, 31), visit_months, 0, entered, date(2026, 9, 1), entered))
    assert [(due.n, due.day) for due in found] == [(20, date(2026, 5, 31)), (21, date(2026, 8, 31))]


@pytest.mark.parametrize(("months", "count"), [(1, 12), (6, 2), (12, 1), (120, 0)])
def test_inspections_come_every_so_many_months(months: int, count: int) -> None:
    begun = date(2026, 1, 1)
    found = list(due_since(begun, every(months), 0, begun, date(2027, 1, 1), begun))
    assert len(found) == count
