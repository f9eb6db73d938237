"""Times as people write them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.moments import parse_day, parse_moment
from hotline.domain.reasons import Unfit
from hotline.domain.time import SHANGHAI
from hotline.web.kit.refusals.registry import say

NOW = datetime(2026, 9, 16, 14, 30, 5, 123456, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("now", "2026-09-16 14:30:05"),
        ("18:00", "2026-09-16 18:00"),
        ("9:05", "2026-09-16 09:05"),
        ("08:00:30", "2026-09-16 08:00:30"),
        ("today", "2026-09-16 00:00"),
        ("tomorrow 09:00", "2026-09-17 09:00"),
        ("明天 9:00", "2026-09-17 09:00"),
        ("yesterday", "2026-09-15 00:00"),
        ("2026-10-01", "2026-10-01 00:00"),
        ("2026-10-01 18:00", "2026-10-01 18:00"),
        ("2026-10-01T18:00:01", "2026-10-01 18:00:01"),
        ("2026-10-01T10:00:00Z", "2026-10-01 18:00"),
        ("2026-10-01T10:00+00:00", "2026-10-01 18:00"),
        ("+2h", "2026-09-16 16:30:05"),
        ("+1h30m", "2026-09-16 16:00:05"),
        ("+90s", "2026-09-16 14:31:35"),
        ("-7d", "2026-09-09 14:30:05"),
        ("  tomorrow   09:00 ", "2026-09-17 09:00"),
    ],
)
def test_a_moment_is_one_of_shanghai_unless_it_names_its_zone(text: str, expected: str) -> None:
    moment = parse_moment(text, NOW)
    assert moment.tzinfo is UTC
    assert moment == datetime.fromisoformat(expected).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2027-02-30", "2027-02-30: there is no such day or time."),
        ("1/2/2026", "1/2/2026: day and month can't be told apart."),
        ("9/1 18:00", "9/1 18:00: the year is missing."),
    ],
)
def test_why_a_time_is_none_is_said_in_words(text: str, why: str) -> None:
    """Not by its code."""
    with pytest.raises(Unfit) as refused:
        parse_moment(text, NOW)
    assert why in say(refused.value, str)


def test_a_clock_time_that_has_passed_is_tomorrows_when_what_is_ahead_is_meant() -> None:
    assert parse_moment("09:00", NOW, ahead=True) == datetime(2026, 9, 17, 9, 0, tzinfo=SHANGHAI)
    assert parse_moment("14:31", NOW, ahead=True) == datetime(2026, 9, 16, 14, 31, tzinfo=SHANGHAI)
    assert parse_moment("14:30:05", NOW, ahead=True) == datetime(2026, 9, 17, 14, 30, 5, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "25:00",
        "12:60",
        "2026-02-30",
        "2026-13-01",
        "+2",
        "+h",
        "++2h",
        "tomorrow at nine",
        "18.00",
        "+999999d",
        "+999999d999999d",
        "today 99:99",
        "☎",
        "9" * 300,
    ],
)
def test_what_is_no_time_is_refused_with_what_was_expected(text: str) -> None:
    with pytest.raises(ValueError, match=r"^moments.unclear"):
        parse_moment(text, NOW)


@given(st.text(max_size=40) | st.from_regex(r"\A[+-]?[0-9:dhms T-]{1,20}\Z"))
def test_any_text_is_a_moment_or_refused(text: str) -> None:
    try:
        assert parse_moment(text, NOW).tzinfo is UTC
    except Unfit as error:
        assert error.code.startswith("moments.unclear")


def test_a_day_is_the_one_of_shanghai() -> None:
    late = datetime(2026, 9, 16, 17, 0, tzinfo=UTC)  # 01:00 of the 17th in Shanghai
    assert parse_day("today", late) == date(2026, 9, 17)
    assert parse_day("tomorrow", late) == date(2026, 9, 18)
