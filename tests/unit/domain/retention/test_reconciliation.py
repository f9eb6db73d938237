"""The part of the store that is read each day, and the day the disk will be full."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as some

from hotline.domain.calendar import local_day
from hotline.domain.retention.reconciliation import StoreCheck, share, trend
from tests.support.rows import MORNING

TODAY = local_day(MORNING)


def a_check(at: datetime, free: int) -> StoreCheck:
    return StoreCheck(at, "node1", {}, (), 0, 0, 0, 0, free, 1_000_000)


def test_a_disk_that_loses_the_same_each_day_is_full_when_nothing_is_left() -> None:
    checks = [a_check(MORNING - timedelta(days=days), 1000 + 100 * days) for days in range(10)]
    found = trend(checks, TODAY)
    assert found is not None and round(found.bytes_a_day) == 100 and found.full_on == TODAY + timedelta(days=10)


def test_a_disk_that_does_not_fill_has_no_such_day() -> None:
    for step in (0, -5):
        found = trend([a_check(MORNING - timedelta(days=days), 1000 + step * days) for days in range(5)], TODAY)
        assert found is not None and found.full_on is None


def test_two_days_or_several_checks_of_one_day_are_no_trend() -> None:
    assert trend([a_check(MORNING, 5), a_check(MORNING - timedelta(days=1), 50)], TODAY) is None
    assert trend([a_check(MORNING + timedelta(minutes=n), 1000 - n) for n in range(9)], TODAY) is None


def test_what_is_older_than_the_look_back_does_not_count() -> None:
    old = [a_check(MORNING - timedelta(days=100 + days), 10**9) for days in range(5)]
    assert trend([*old, a_check(MORNING, 5)], TODAY) is None


@given(some.integers(1, 5000), some.integers(1, 60), some.lists(some.integers(0, 20), min_size=60, max_size=60))
def test_the_whole_store_is_read_within_the_days_set(stored: int, days: int, growth: list[int]) -> None:
    left = stored
    for gone in range(days):
        left -= min(left, share(left, days, gone))
        left += growth[gone] if gone < days - 1 else 0
    assert left == 0
