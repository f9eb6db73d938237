"""How many channels a carrier needs, by day."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.first_hour.peak import peaks_by_day
from hotline.domain.interval import Interval
from tests.support.instance import at

NOON = at("2026-09-16T12:00")


def span(start: int, end: int) -> Interval:
    return Interval(NOON + timedelta(minutes=start), NOON + timedelta(minutes=end))


def test_who_begins_as_another_ends_needs_no_second_channel() -> None:
    assert list(peaks_by_day([span(0, 5), span(5, 9)]).values()) == [1]
    assert list(peaks_by_day([span(0, 6), span(5, 9), span(5, 7)]).values()) == [3]
    assert peaks_by_day([]) == {}


def test_a_call_over_midnight_counts_where_others_join_it() -> None:
    night = 12 * 60
    found = peaks_by_day([span(night - 5, night + 5), span(night + 1, night + 2)])
    assert list(found.values()) == [1, 2]


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(1, 60)), min_size=1, max_size=20))
def test_it_is_the_most_that_last_at_a_beginning(made: list[tuple[int, int]]) -> None:
    spans = [span(start, start + length) for start, length in made]
    most = max(sum(o.starts_at <= s.starts_at < o.ends_at for o in spans) for s in spans)
    assert max(peaks_by_day(spans).values()) == most
