"""E2: a recording is kept for at least three years of the calendar, to the end of its last day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.retention.retention import KeptFor, KeptWhy, LegalHold, Terms, end_of_term, judge
from hotline.domain.time import SHANGHAI
from tests.support.instance import at

CALL = at("2026-03-11 10:00:00")
EDGE = at("2029-03-12 00:00:00")
SECOND = timedelta(seconds=1)

moments = st.integers(0, 5_000_000_000).map(lambda second: datetime.fromtimestamp(second, UTC))
terms = st.builds(
    Terms, st.integers(3, 100), st.dictionaries(st.sampled_from(["complaint", "harm"]), st.integers(3, 100))
)


def a_hold(until: datetime | None = None, **more: Any) -> LegalHold:
    return replace(LegalHold("node1", "a", "lawsuit", "li", CALL, until), **more)


@pytest.mark.parametrize(
    ("ended", "free"),
    [
        ("2026-03-11 10:00:00", "2029-03-12 00:00:00"),
        ("2026-03-11 00:00:00", "2029-03-12 00:00:00"),
        ("2026-03-11 23:59:59", "2029-03-12 00:00:00"),
        ("2024-02-29 12:00:00", "2027-03-02 00:00:00"),  # its anniversary is 1 March
        ("2024-02-28 12:00:00", "2027-03-01 00:00:00"),
        ("2025-12-31 23:59:59", "2029-01-01 00:00:00"),
    ],
)
def test_e2_the_term_ends_with_the_day_three_years_later(ended: str, free: str) -> None:
    assert end_of_term(at(ended), 3) == at(free)


def test_a_leap_day_whose_anniversary_is_one_keeps_its_date() -> None:
    assert end_of_term(at("2024-02-29 12:00:00"), 4) == at("2028-03-01 00:00:00")


def test_the_day_is_shanghais() -> None:
    """16:00 UTC is midnight there: the next day."""
    assert end_of_term(datetime(2024, 2, 28, 15, 59, 59, tzinfo=UTC), 3) == at("2027-03-01 00:00:00")
    assert end_of_term(datetime(2024, 2, 28, 16, 0, tzinfo=UTC), 3) == at("2027-03-02 00:00:00")


def test_e2_to_the_second_before_the_edge_it_stays_and_at_the_edge_it_may_go() -> None:
    assert judge(KeptFor(CALL), Terms(), EDGE - SECOND).why is KeptWhy.TERM
    assert judge(KeptFor(CALL), Terms(), EDGE - timedelta(microseconds=1)).may_go is False
    assert judge(KeptFor(CALL), Terms(), EDGE).may_go is True


def test_e2_the_last_visit_counts_when_it_is_later_than_the_call() -> None:
    visited = KeptFor(CALL, (CALL + timedelta(days=2), CALL + timedelta(days=30)))
    assert not judge(visited, Terms(), at("2029-04-10 23:59:59")).may_go
    assert judge(visited, Terms(), at("2029-04-11 00:00:00")).may_go
    assert judge(KeptFor(CALL, (CALL - timedelta(days=9),)), Terms(), EDGE).may_go


def test_a_category_keeps_longer_and_never_shorter() -> None:
    kept = KeptFor(CALL, category="complaint")
    assert judge(kept, Terms(3, {"complaint": 5}), EDGE).why is KeptWhy.CATEGORY
    assert judge(kept, Terms(3, {"complaint": 5}), at("2031-03-12 00:00:00")).may_go
    assert not judge(kept, Terms(10, {"complaint": 5}), at("2031-03-12 00:00:00")).may_go


def test_a_hold_keeps_until_it_is_lifted_or_its_time_is_over() -> None:
    later = EDGE + timedelta(days=400)
    assert judge(KeptFor(CALL, hold=a_hold()), Terms(), later).why is KeptWhy.HOLD
    assert judge(KeptFor(CALL, hold=a_hold(lifted_at=EDGE)), Terms(), later).may_go
    assert judge(KeptFor(CALL, hold=a_hold(later)), Terms(), later - SECOND).why is KeptWhy.HOLD
    assert judge(KeptFor(CALL, hold=a_hold(later)), Terms(), later).may_go
    short = judge(KeptFor(CALL, hold=a_hold(CALL + timedelta(days=1))), Terms(), EDGE - SECOND)
    assert (short.why, short.until) == (KeptWhy.TERM, EDGE), "a hold never shortens the term"


def test_what_has_not_ended_or_is_still_open_stays() -> None:
    later = EDGE + timedelta(days=4000)
    assert judge(KeptFor(None), Terms(), later).why is KeptWhy.NOT_ENDED
    assert judge(KeptFor(CALL, open_matters=1), Terms(), later).why is KeptWhy.OPEN


@pytest.mark.parametrize("wrong", [0, -1, 1, 2])
def test_no_term_is_shorter_than_three_years(wrong: int) -> None:
    for make in (lambda: Terms(wrong), lambda: Terms(3, {"complaint": wrong})):
        with pytest.raises(ValueError, match=r"^retention.least_years years=3$"):
            make()


@given(moments, st.lists(moments, max_size=3), terms, st.sampled_from(["", "complaint", "harm"]))
def test_whatever_may_go_is_three_whole_years_old_by_the_calendar(
    ended: datetime, visits: list[datetime], given_terms: Terms, category: str
) -> None:
    kept = KeptFor(ended, tuple(visits), category=category)
    until = judge(kept, given_terms, ended).until
    assert until is not None
    assert not judge(kept, given_terms, until - timedelta(microseconds=1)).may_go
    assert judge(kept, given_terms, until).may_go
    latest = max(ended, *visits) if visits else ended
    then, now = latest.astimezone(SHANGHAI), until.astimezone(SHANGHAI)
    years = given_terms.of(category)
    assert (now.year - years, now.month, now.day) > (then.year, then.month, then.day)
    assert timedelta(days=365 * years) < until - latest < timedelta(days=366 * years + 3)
