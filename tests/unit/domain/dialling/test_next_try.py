"""E7, A9: rest time, and when a customer who was not reached is dialled again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.calendar import Hours, WorkCalendar
from hotline.domain.dialling.dial import DialOutcome
from hotline.domain.dialling.next_try import FINAL, NOT_A_TRY, NextTries, first_moment, next_try
from hotline.domain.dialling.rest_time import CallingHours
from hotline.domain.time import SHANGHAI

HOURS = CallingHours((Hours(time(9), time(12)), Hours(time(14), time(20))), ())
WORK = (Hours(time(9), time(12)), Hours(time(13), time(17, 30)))
CALENDAR = WorkCalendar((WORK,) * 5 + ((), ()), WORK)
PLAN = NextTries({outcome: timedelta(minutes=30) for outcome in DialOutcome}, most=3)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-11-24T08:59:59", "2026-11-24T09:00"),
        ("2026-11-24T09:00:00", "2026-11-24T09:00"),
        ("2026-11-24T11:59:59", "2026-11-24T11:59:59"),
        ("2026-11-24T12:00:00", "2026-11-24T14:00"),
        ("2026-11-24T13:59:59", "2026-11-24T14:00"),
        ("2026-11-24T19:59:59", "2026-11-24T19:59:59"),
        ("2026-11-24T20:00:00", "2026-11-25T09:00"),
        ("2026-11-24T21:00:00", "2026-11-25T09:00"),
        ("2026-11-28T10:00:00", "2026-11-28T10:00"),  # a Saturday
    ],
)
def test_e7_customers_are_called_from_9_to_12_and_from_14_to_20(moment: str, opens: str) -> None:
    assert HOURS.opens_at(at(moment), CALENDAR) == at(opens)
    assert HOURS.allows(at(moment), CALENDAR) is (at(moment) == at(opens))


def test_e7_public_holidays_are_rest_time() -> None:
    """1 to 7 October 2026; 10 October, a Saturday, is worked."""
    assert HOURS.opens_at(at("2026-09-30T20:00"), CALENDAR) == at("2026-10-08T09:00")
    assert HOURS.allows(at("2026-10-10T10:00"), CALENDAR)


def test_e7_holidays_have_hours_of_their_own_by_setting() -> None:
    some = replace(HOURS, holiday=(Hours(time(10), time(11)),))
    assert some.opens_at(at("2026-10-02T09:00"), CALENDAR) == at("2026-10-02T10:00")


def test_e7_a_line_that_works_on_a_holiday_calls_on_it() -> None:
    works = WorkCalendar(CALENDAR.week, WORK, open=frozenset({date(2026, 10, 2)}))
    assert HOURS.allows(at("2026-10-02T10:00"), works)


def test_e7_who_is_never_called_is_never_called() -> None:
    never = CallingHours((), ())
    assert never.opens_at(at("2026-11-24T10:00"), CALENDAR) is None
    assert not never.allows(at("2026-11-24T10:00"), CALENDAR)


@pytest.mark.parametrize(
    ("now", "again"),
    [
        ("2026-11-24T09:10", "2026-11-24T09:40"),
        ("2026-11-24T11:29", "2026-11-24T11:59"),
        ("2026-11-24T11:30", "2026-11-24T14:00"),  # 12:00 is lunch; 13:00 is working time, but the customer rests
        ("2026-11-24T16:59", "2026-11-24T17:29"),
        ("2026-11-24T17:00", "2026-11-25T09:00"),  # 17:30: nobody works any more
        ("2026-11-27T17:10", "2026-11-30T09:00"),  # a Friday
        ("2026-09-30T17:10", "2026-10-08T09:00"),  # before the National Day
    ],
)
def test_a9_the_next_try_falls_into_working_time_and_outside_rest_time(now: str, again: str) -> None:
    assert next_try(DialOutcome.BUSY, 1, PLAN, HOURS, CALENDAR, at(now)) == at(again)


@pytest.mark.parametrize("outcome", sorted(FINAL))
def test_a9_who_was_reached_or_never_will_be_has_no_next_try(outcome: DialOutcome) -> None:
    assert next_try(outcome, 1, PLAN, HOURS, CALENDAR, at("2026-11-24T09:10")) is None


@pytest.mark.parametrize("outcome", sorted(set(DialOutcome) - FINAL))
def test_a9_after_the_last_try_a_supervisor_decides(outcome: DialOutcome) -> None:
    after_last = next_try(outcome, 3, PLAN, HOURS, CALENDAR, at("2026-11-24T09:10"))
    assert (after_last is None) is (outcome not in NOT_A_TRY)


def test_each_outcome_has_its_own_time() -> None:
    plan = replace(PLAN, after={**PLAN.after, DialOutcome.DECLINED: timedelta(hours=24)})
    assert next_try(DialOutcome.DECLINED, 1, plan, HOURS, CALENDAR, at("2026-11-24T09:10")) == at("2026-11-25T09:10")


def test_without_common_time_there_is_no_next_try() -> None:
    night = CallingHours((Hours(time(20), time(21)),), ())
    assert first_moment(at("2026-11-24T10:00"), night, CALENDAR) is None


@given(st.integers(0, 400 * 24 * 60))
def test_the_next_try_is_never_in_rest_time_nor_while_nobody_works(minutes: int) -> None:
    now = at("2026-01-01T00:00") + timedelta(minutes=minutes)
    found = first_moment(now, HOURS, CALENDAR)
    assert found is not None
    assert found >= now
    assert HOURS.allows(found, CALENDAR)
    assert CALENDAR.is_open(found)


def test_a9_a_line_that_never_closes_has_next_tries_too() -> None:
    always = (Hours(time(0), time(0)),)
    never_closes = WorkCalendar((always,) * 7, always)
    assert first_moment(at("2026-11-28T07:24"), HOURS, never_closes) == at("2026-11-28T09:00")
    assert first_moment(at("2026-11-28T14:30"), HOURS, never_closes) == at("2026-11-28T14:30")
