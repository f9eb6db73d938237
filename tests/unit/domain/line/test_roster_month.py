"""The duty roster by calendar (A2, A16)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotline.domain.calendar import DayKind, WorkCalendar
from hotline.domain.line import roster
from hotline.domain.line.roster import Shift
from hotline.domain.line.roster_month import RosterDay, month_bounds, weeks
from hotline.domain.months import next_month, previous_month
from tests.support.instance import an_instance, at

OCTOBER = date(2026, 10, 1)


@pytest.fixture(scope="module")
def calendar(tmp_path_factory: pytest.TempPathFactory) -> WorkCalendar:
    from hotline.services.calendar import work_calendar

    return work_calendar(an_instance(tmp_path_factory.mktemp("roster"), at("2026-10-01")).settings)


def shift(person: str, start: str, end: str) -> Shift:
    return Shift(person, ("13900000001",), (), at(start), at(end))


def days(shifts: list[Shift], calendar: WorkCalendar) -> dict[date, RosterDay]:
    return {day.date: day for week in weeks(OCTOBER, shifts, calendar) for day in week}


def test_a_month_stands_in_whole_weeks_from_monday(calendar: WorkCalendar) -> None:
    found = weeks(OCTOBER, [], calendar)
    assert [len(week) for week in found] == [7] * 5
    assert (found[0][0].date, found[-1][-1].date) == (date(2026, 9, 28), date(2026, 11, 1))
    assert [day.in_month for day in found[0]] == [False] * 3 + [True] * 4
    assert found[0][3].day.kind is DayKind.HOLIDAY
    assert {day.date for week in found for day in week if day.day.kind is DayKind.MAKEUP} == {date(2026, 10, 10)}


def test_a_night_shift_stands_on_both_days(calendar: WorkCalendar) -> None:
    found = days([shift("李四", "2026-10-12 17:30", "2026-10-13 09:00")], calendar)
    (evening,), (morning,) = found[date(2026, 10, 12)].shifts, found[date(2026, 10, 13)].shifts
    assert (evening.span.ends_at, morning.span.starts_at) == (at("2026-10-13"), at("2026-10-13"))
    assert not evening.whole_day


def test_a16_gaps_are_outside_working_time_only(calendar: WorkCalendar) -> None:
    found = days([shift("李四", "2026-10-12 17:30", "2026-10-13 09:00")], calendar)
    gaps = [(gap.starts_at, gap.ends_at) for gap in found[date(2026, 10, 12)].gaps]
    assert gaps == [(at("2026-10-12 00:00"), at("2026-10-12 09:00")), (at("2026-10-12 12:00"), at("2026-10-12 13:00"))]
    whole = found[date(2026, 10, 1)].gaps
    assert [(gap.starts_at, gap.ends_at) for gap in whole] == [(at("2026-10-01"), at("2026-10-02"))]


def test_two_at_once_are_marked_on_their_days(calendar: WorkCalendar) -> None:
    found = days([shift("李四", "2026-10-12", "2026-10-14"), shift("王五", "2026-10-13", "2026-10-15")], calendar)
    assert [day for day, each in found.items() if each.overlapping] == [date(2026, 10, 13)]
    places = {part.shift.person: part.person_place for part in found[date(2026, 10, 13)].shifts}
    assert sorted(places.values()) == [0, 1]
    assert found[date(2026, 10, 13)].shifts[0].whole_day


@given(st.dates(min_value=date(2001, 1, 1), max_value=date(2099, 12, 1)))
def test_months_follow_one_another(day: date) -> None:
    first = day.replace(day=1)
    assert previous_month(next_month(day)) == first
    since, until = month_bounds(day)
    assert since < at(f"{first} 00:00") + timedelta(seconds=1) and (until - since).days in (28, 35, 42)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 40 * 48), st.integers(1, 5 * 48)), max_size=6))
def test_the_days_hold_all_shifts_and_all_gaps_and_nothing_more(calendar: WorkCalendar, drawn: list) -> None:
    since, until = month_bounds(OCTOBER)
    start = lambda half: since + timedelta(minutes=30 * half)  # noqa: E731
    shifts = [Shift(f"p{n}", ("139",), (), start(a), start(a + length)) for n, (a, length) in enumerate(drawn)]
    shifts = [each for each in shifts if each.starts_at < until]
    found = list(days(shifts, calendar).values())

    def total(spans: list) -> timedelta:
        return sum((span.ends_at - span.starts_at for span in spans), timedelta())

    shown = total([part.span for day in found for part in day.shifts])
    assert shown == sum((min(s.ends_at, until) - s.starts_at for s in shifts), timedelta())
    gaps = total([gap for day in found for gap in day.gaps])
    assert gaps == total(roster.gaps(shifts, calendar, since, until))
    assert all(_on(day.date, gap.starts_at) for day in found for gap in day.gaps)
    assert all(_on(day.date, part.span.starts_at) for day in found for part in day.shifts)


def _on(day: date, moment: datetime) -> bool:
    return at(f"{day} 00:00") <= moment < at(f"{day} 00:00") + timedelta(days=1)
