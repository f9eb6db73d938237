"""F5, F7: rates, weeks, and since when a rule is kept less and less."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.compliance.counts import Count, WeekCount, between, change, total, weekly, worse_since

COUNTS = st.builds(Count, *(st.integers(0, 9) for _ in range(4)))
DAYS = st.dictionaries(st.dates(date(2025, 12, 1), date(2026, 3, 31)), COUNTS, max_size=20)
MONDAY = date(2026, 11, 2)


def week(n: int, kept: int, broken: int) -> WeekCount:
    return WeekCount(MONDAY + timedelta(weeks=n), Count(kept, broken))


def test_the_rate_is_of_what_the_rule_applied_to_and_could_be_judged() -> None:
    assert Count(9, 1, not_applicable=50, not_judged=40).rate == 90
    assert Count(0, 0, 5, 5).rate is None


def test_one_breach_is_never_rounded_away() -> None:
    assert Count(99_999, 1).rate == 99.9
    assert Count(100_000, 0).rate == 100


@given(DAYS, st.dates(date(2025, 12, 1), date(2026, 3, 31)), st.integers(0, 100))
def test_the_weeks_add_up_to_the_days_and_none_is_missing(days: dict[date, Count], first: date, length: int) -> None:
    last = first + timedelta(days=length)
    weeks = weekly(days, first, last)
    assert total(each.count for each in weeks) == between(days, first, last)
    assert [each.monday.weekday() for each in weeks] == [0] * len(weeks)
    assert {later.monday - each.monday for each, later in pairwise(weeks)} <= {timedelta(weeks=1)}
    assert weeks[0].monday <= first <= last < weeks[-1].monday + timedelta(weeks=1)


def test_a_week_over_the_years_edge_and_the_29th_of_february_are_days_like_others() -> None:
    days = {date(2027, 12, 31): Count(1), date(2028, 1, 1): Count(0, 1), date(2028, 2, 29): Count(2)}
    weeks = weekly(days, date(2027, 12, 31), date(2028, 2, 29))
    assert weeks[0] == WeekCount(date(2027, 12, 27), Count(1, 1))
    assert weeks[-1] == WeekCount(date(2028, 2, 28), Count(2))


@pytest.mark.parametrize(
    ("weeks", "since"),
    [
        ([], None),
        ([week(0, 9, 1)], None),
        ([week(0, 9, 1), week(1, 9, 1)], None),
        ([week(0, 9, 1), week(1, 8, 2)], 1),
        ([week(0, 9, 1), week(1, 8, 2), week(2, 7, 3)], 1),
        ([week(0, 7, 3), week(1, 9, 1), week(2, 8, 2)], 2),
        ([week(0, 9, 1), week(1, 8, 2), week(2, 9, 1)], None),
        ([week(0, 9, 1), week(1, 0, 0), week(2, 8, 2)], 2),  # a week without any is passed over
        ([week(0, 8, 2), week(1, 80, 20)], None),
    ],
)
def test_it_gets_worse_since_the_first_week_of_the_present_fall(weeks: list[WeekCount], since: int | None) -> None:
    assert worse_since(weeks) == (None if since is None else MONDAY + timedelta(weeks=since))


def test_the_change_is_in_percentage_points() -> None:
    assert change(Count(9, 1), Count(8, 2)) == 10
    assert change(Count(1, 2), Count(1, 0)) == -66.7
    assert change(Count(), Count(1, 0)) is None
