"""Days and clock times as people in China write them."""

from __future__ import annotations

import string
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.domain import wall_time
from hotline.domain.moments import parse_moment
from hotline.domain.time import SHANGHAI
from hotline.domain.wall_time import (
    TimeProblem,
    UnclearTime,
    end_after,
    from_serial,
    read_moment,
    read_span,
    within_years,
)

DAY = date(2026, 9, 1)


def shanghai(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026/9/1 24:00", "2026-09-02 00:00"),
        ("2026年9月1日 18:00", "2026-09-01 18:00"),
        ("18：00", "2026-09-01 18:00"),
        ("2026.9.1 18:00", "2026-09-01 18:00"),
        ("下午6:00", "2026-09-01 18:00"),
        ("晚上8点半", "2026-09-01 20:30"),
        ("2026年9月1日18时", "2026-09-01 18:00"),
        ("2026年9月1日（周二）下午6点", "2026-09-01 18:00"),
        ("2026-9-1 星期二 8:05:06", "2026-09-01 08:05:06"),
        ("20260901 18:00", "2026-09-01 18:00"),
        ("2026-09-01T18:00", "2026-09-01 18:00"),
        ("２０２６／９／１　１８：００", "2026-09-01 18:00"),
        ("2026/9/1 下午 6:00:00", "2026-09-01 18:00"),
        ("2026/9/1 6:00 PM", "2026-09-01 18:00"),
        ("12:00 AM", "2026-09-01 00:00"),
        ("12:30 p.m.", "2026-09-01 12:30"),
        ("二十三点一刻", "2026-09-01 23:15"),
        ("晚上十二点", "2026-09-02 00:00"),
        ("凌晨0:30", "2026-09-01 00:30"),
        ("中午12点", "2026-09-01 12:00"),
        ("中午1点", "2026-09-01 13:00"),
        ("下午14:00", "2026-09-01 14:00"),
        ("6点45分", "2026-09-01 06:45"),
        ("2026年9月1日晚8点", "2026-09-01 20:00"),
        ("2026-9-1\u200b 18:00", "2026-09-01 18:00"),
        ("2026-09-01 18:00:00.000", "2026-09-01 18:00"),
        ("2026年9月1号", "2026-09-01 00:00"),
    ],
)
def test_a2_times_are_read_as_people_write_them(text: str, expected: str) -> None:
    assert read_moment(text, DAY) == shanghai(expected)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("1/2/2026", TimeProblem.DAY_FIRST),
        ("26/9/1", TimeProblem.DAY_FIRST),
        ("1-2-26 18:00", TimeProblem.DAY_FIRST),
        ("9月1日 18:00", TimeProblem.NO_YEAR),
        ("9/1 18:00", TimeProblem.NO_YEAR),
        ("上午12:00", TimeProblem.HALF),
        ("晚上12:30", TimeProblem.HALF),
        ("晚上1点", TimeProblem.HALF),
        ("上午13:00", TimeProblem.HALF),
        ("24:30", TimeProblem.NO_SUCH),
        ("25:00", TimeProblem.NO_SUCH),
        ("18:60", TimeProblem.NO_SUCH),
        ("2026-02-30", TimeProblem.NO_SUCH),
        ("2026-13-01", TimeProblem.NO_SUCH),
        ("1999-01-01", TimeProblem.NO_SUCH),
        ("2026-9-1 星期三 18:00", TimeProblem.WEEKDAY),
        ("2026-9-118:00", TimeProblem.FORM),
        ("18.00", TimeProblem.FORM),
        ("2026-9/1", TimeProblem.FORM),
        ("soon", TimeProblem.FORM),
        ("", TimeProblem.FORM),
        ("1", TimeProblem.FORM),
    ],
)
def test_a2_what_may_mean_two_times_is_refused_with_the_reason(text: str, problem: TimeProblem) -> None:
    with pytest.raises(UnclearTime) as refused:
        read_moment(text, DAY)
    assert refused.value.problem is problem


def test_a2_a_time_without_a_day_is_refused_where_no_day_is_known() -> None:
    with pytest.raises(UnclearTime, match=r"^moments.time_no_day$"):
        read_moment("18:00")


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("9:00-17:30", "2026-09-01 09:00", "2026-09-01 17:30"),
        ("18:00-9:00", "2026-09-01 18:00", "2026-09-02 09:00"),
        ("18：00—次日09：00", "2026-09-01 18:00", "2026-09-02 09:00"),
        ("2026-09-01 18:00-2026-09-03 09:00", "2026-09-01 18:00", "2026-09-03 09:00"),
        ("2026/9/1 18:00至次日9:00", "2026-09-01 18:00", "2026-09-02 09:00"),
        ("9点到17点半", "2026-09-01 09:00", "2026-09-01 17:30"),
        ("早上9点-晚上6点", "2026-09-01 09:00", "2026-09-01 18:00"),
        ("0:00～24:00", "2026-09-01 00:00", "2026-09-02 00:00"),
        ("9:00-9:00", "2026-09-01 09:00", "2026-09-02 09:00"),
    ],
)
def test_a2_a_span_is_read_and_ends_after_it_begins(text: str, start: str, end: str) -> None:
    assert read_span(text, DAY) == (shanghai(start), shanghai(end))


@pytest.mark.parametrize("text", ["9:00", "2026-09-01", "2026-09-01 - 2026-09-02", "9:00-17:00-18:00", "9:00-", "-"])
def test_a2_what_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(UnclearTime):
        read_span(text, DAY)


def test_a_spreadsheets_number_is_a_moment() -> None:
    assert from_serial("46266.75") == shanghai("2026-09-01 18:00")
    assert from_serial("46266.3541666667") == shanghai("2026-09-01 08:30")
    assert from_serial("46266") == shanghai("2026-09-01 00:00")
    assert [from_serial(text) for text in ("20260901", "1", "99999", "46266.75x", "")] == [None] * 5


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("今晚8点", "2026-09-16 20:00"),
        ("明早9点半", "2026-09-17 09:30"),
        ("后天 18：00", "2026-09-18 18:00"),
        ("明天下午3点", "2026-09-17 15:00"),
        ("2026年10月1日 晚上8点", "2026-10-01 20:00"),
        ("24:00", "2026-09-17 00:00"),
    ],
)
def test_a_command_takes_the_same_times(text: str, expected: str) -> None:
    assert parse_moment(text, shanghai("2026-09-16 14:30")) == shanghai(expected)


@pytest.mark.parametrize("text", ["1/2/2026", "2026-10-01 晚上1点", "10月1日"])
def test_a_command_says_why_a_time_is_not_clear(text: str) -> None:
    with pytest.raises(ValueError, match=r"^moments.unclear_because why=\(moments.time_\w+\)$"):
        parse_moment(text, shanghai("2026-09-16 14:30"))


moments = st.integers(0, 3 * 10**9).map(lambda seconds: shanghai("2000-01-01") + timedelta(seconds=seconds))
WRITINGS = [
    "{0:%Y-%m-%d %H:%M:%S}",
    "{0.year}/{0.month}/{0.day} {0.hour}:{0:%M:%S}",
    "{0.year}年{0.month}月{0.day}日{0.hour}时{0.minute}分{0.second}秒",
    "{0.year}.{0.month}.{0.day} {0.hour}：{0:%M:%S}",
    "{0:%Y%m%d} {0.hour}点{0.minute}分{0.second}秒",
    "{0:%Y-%m-%d %I:%M:%S %p}",
]


@given(moments, st.sampled_from(WRITINGS))
def test_each_writing_of_a_moment_is_that_moment(moment: datetime, writing: str) -> None:
    assert read_moment(writing.format(moment)) == moment


LETTERS = string.digits + "年月日时点分半上下午晚早:-/. ~至次周一二十"


@given(st.text(alphabet=LETTERS, max_size=24) | st.text(max_size=30))
def test_any_text_is_a_time_or_refused(text: str) -> None:
    for attempt in (wall_time.read, read_moment, read_span, from_serial, lambda each: read_moment(each, DAY)):
        try:
            attempt(text)
        except UnclearTime as error:
            assert str(error)


@given(moments, moments)
def test_an_end_by_the_clock_is_within_a_day_after_the_start(start: datetime, end: datetime) -> None:
    assert timedelta() < end_after(start, f"{end:%H:%M:%S}") - start <= timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "may_be_typed"), [("1999-12-31", False), ("2000-01-01", True), ("2100-12-31", True), ("2101-01-01", False)]
)
def test_one_rule_says_which_days_may_be_typed(day: str, may_be_typed: bool) -> None:
    assert within_years(date.fromisoformat(day)) is may_be_typed
