"""The forecast on generated years whose pattern is known: how far it is off, and what it makes of odd days."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from hotline.domain.calendar import Hours, WorkCalendar
from hotline.domain.staffing.days import SLOTS, LeftOut, LikeDay, PastDay, like_day, without_outages
from hotline.domain.staffing.forecast import LEAST_WEEKS, filled, fit, measure, weeks_of
from tests.support.generated_calls import Pattern

WEEK = (Hours(time(9), time(17, 30)),)
CALENDAR = WorkCalendar(week=(*((WEEK,) * 5), (), ()), makeup_day=WEEK)
PATTERN = Pattern(CALENDAR)

#: A make-up Saturday and Sunday of 2026, and a day of the Spring Festival.
MAKEUP_SATURDAY, MAKEUP_SUNDAY, FESTIVAL = date(2026, 2, 14), date(2026, 1, 4), date(2026, 2, 17)


def history(first: date, days: int, seed: int = 7, pattern: Pattern = PATTERN) -> list[PastDay]:
    return [PastDay(day, like_day(CALENDAR, day), calls) for day, calls in pattern.year(first, days, seed)]


def off(days: list[PastDay], until: date, like: Callable[[date], LikeDay], ahead: int = 28) -> float:
    """Share of the expected calls by which the forecast of the next days is off from the pattern itself, not from
    chance."""
    model = fit(days, until)
    assert model is not None
    missed = whole = 0.0
    for each in range(ahead):
        day = until + timedelta(days=each)
        expected = PATTERN.expected(day)
        missed += sum(abs(a - b) for a, b in zip(model.day(day, like(day)), expected, strict=True))
        whole += sum(expected)
    return missed / whole


def of_calendar(day: date) -> LikeDay:
    return like_day(CALENDAR, day)


def of_name(day: date) -> LikeDay:
    """As a naive model has it."""
    return LikeDay(day.weekday())


@pytest.mark.parametrize("until", [date(2026, 1, 26), date(2026, 4, 27), date(2026, 9, 14), date(2026, 11, 16)])
def test_close_to_a_known_pattern(until: date) -> None:
    """Over holidays and make-up days too, of which all four times have some."""
    found = off(history(until - timedelta(days=400), 400), until, of_calendar)
    print(f"forecast of four weeks from {until}: off by {100 * found:.1f} % of the pattern")
    assert found < 0.06


def test_a_model_that_goes_by_names_of_days_is_much_worse() -> None:
    """So the bound above can fail: around National Day names alone are off by many times as much."""
    until = date(2026, 9, 14)
    days = history(until - timedelta(days=400), 400)
    named = [replace(each, like=of_name(each.day)) for each in days]
    naive = off(named, until, of_name)
    print(f"by names of days: off by {100 * naive:.1f} %")
    assert naive > 0.15 > 2 * off(days, until, of_calendar)


def test_the_measured_error_is_chance_and_little_more() -> None:
    """Chance alone (Poisson) is off by sqrt(2 / (pi m)) of a mean m."""
    until = date(2026, 11, 16)
    measured = measure(history(until - timedelta(days=400), 400), until)
    assert measured is not None and measured.days == 28
    chance = sum(
        2 / 3.14159**0.5 / 2**0.5 * each**0.5
        for ago in range(28)
        for each in PATTERN.expected(until - timedelta(days=ago + 1))
    )
    wape, bias = measured.whole.wape, measured.whole.bias
    assert wape is not None and bias is not None
    print(f"measured: WAPE {100 * wape:.1f} %, chance alone {100 * chance / measured.whole.calls:.1f} %")
    assert wape < 1.15 * chance / measured.whole.calls
    assert abs(bias) < 0.05
    busiest = max(measured.by_slot, key=lambda each: each.calls)
    assert busiest.wape is not None and busiest.wape < wape
    assert measured.by_slot[6].calls < busiest.calls / 10


def test_what_a_day_is_like_says_the_calendar() -> None:
    assert like_day(CALENDAR, MAKEUP_SATURDAY) is LikeDay.FRI
    assert like_day(CALENDAR, MAKEUP_SUNDAY) is LikeDay.MON
    assert like_day(CALENDAR, FESTIVAL) is LikeDay.HOLIDAY
    assert like_day(CALENDAR, date(2026, 11, 22)) is LikeDay.SUN
    assert like_day(replace(CALENDAR, makeup=frozenset({date(2027, 5, 8)})), date(2027, 5, 8)) is LikeDay.FRI


def test_eight_weeks_at_least() -> None:
    until = date(2026, 11, 16)
    days = history(until - timedelta(days=LEAST_WEEKS * 7), LEAST_WEEKS * 7)
    assert weeks_of(days) == LEAST_WEEKS and fit(days, until) is not None
    assert fit(days[1:], until) is None
    assert fit([replace(days[0], left_out=LeftOut.BY_HAND), *days[1:]], until) is None
    assert measure(days, until) is None


def test_months_count_once_a_year_is_known() -> None:
    until = date(2026, 6, 1)
    year = fit(history(until - timedelta(days=400), 400), until)
    weeks = fit(history(until - timedelta(days=120), 120), until)
    assert year is not None and weeks is not None
    monday = date(2026, 6, 8)
    expected, of_year, of_weeks = (
        sum(each) for each in (PATTERN.expected(monday), year.day(monday, LikeDay.MON), weeks.day(monday, LikeDay.MON))
    )
    assert abs(of_year - expected) < 0.05 * expected < abs(of_weeks - expected)


def test_a_day_on_which_the_line_was_down_is_left_out() -> None:
    days = history(date(2026, 8, 3), 90)
    broken = days[46]
    assert broken.like is LikeDay.FRI
    down = replace(broken, calls=tuple(0 if 18 <= slot < 24 else each for slot, each in enumerate(broken.calls)))
    found = without_outages([*days[:46], down, *days[47:]])
    assert [each.day for each in found if each.left_out is LeftOut.OUTAGE] == [broken.day]


def test_a_quiet_sunday_is_no_outage() -> None:
    days = history(date(2026, 8, 3), 90, pattern=Pattern(CALENDAR, daily=60))
    quiet = [replace(each, calls=(0,) * SLOTS) if each.like is LikeDay.SUN else each for each in days]
    assert not any(each.left_out for each in without_outages(quiet))


def test_what_was_never_seen_is_like_what_is_nearest() -> None:
    sunday, wednesday = (1.0,) * SLOTS, (9.0,) * SLOTS
    found = filled({LikeDay.SUN: sunday, LikeDay.WED: wednesday})
    assert found[LikeDay.HOLIDAY] == found[LikeDay.SAT] == sunday
    assert found[LikeDay.MON] == found[LikeDay.FRI] == wednesday
    assert filled({})[LikeDay.MON] == (0.0,) * SLOTS
