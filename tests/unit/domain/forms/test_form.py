"""Whose a call's record is, when it is due (B2), and what it lacks (B3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.calendar import Hours, WorkCalendar, local_day
from hotline.domain.forms.form import CallForm, Origin, duty_due_at, may_correct, missing_fields, owner_of
from hotline.domain.numbers import Number
from hotline.domain.time import SHANGHAI
from tests.support import sample_calls as sample
from tests.support.instance import at

WORKDAY = (Hours(time(9), time(12)), Hours(time(13), time(17, 30)))
CALENDAR = WorkCalendar((WORKDAY,) * 5 + ((), ()), WORKDAY)
NOON = time(12)
NOW = at("2026-11-16 10:30:00")


@pytest.mark.parametrize(
    ("taken", "due"),
    [
        ("2026-11-20 22:10:00", "2026-11-23 12:00:00"),  # Friday night: Monday
        ("2026-11-21 10:00:00", "2026-11-23 12:00:00"),  # Saturday: Monday
        ("2026-11-17 02:00:00", "2026-11-17 12:00:00"),  # the night to Tuesday: Tuesday's working day has not begun
        ("2026-11-17 08:59:59", "2026-11-17 12:00:00"),
        ("2026-11-17 09:00:00", "2026-11-18 12:00:00"),  # it has
        ("2026-11-17 12:30:00", "2026-11-18 12:00:00"),  # lunch break
        ("2026-09-30 20:00:00", "2026-10-08 12:00:00"),  # National Day
        ("2026-09-19 22:00:00", "2026-09-20 12:00:00"),  # Saturday night before a make-up Sunday
        ("2026-02-27 21:00:00", "2026-02-28 12:00:00"),  # Friday night before a make-up Saturday
        ("2026-12-31 23:59:00", "2027-01-01 12:00:00"),  # a year whose holidays are not known: weekdays alone decide
    ],
)
def test_b2_due_at_noon_of_the_next_working_day_that_begins(taken: str, due: str) -> None:
    assert duty_due_at(at(taken), CALENDAR, NOON) == at(due)


def test_b2_a_day_that_begins_after_the_hour_when_it_would_be_due_is_too_late() -> None:
    afternoons = WorkCalendar(((Hours(time(13), time(17)),),) * 5 + ((), ()), ())
    assert duty_due_at(at("2026-11-17 12:30:00"), afternoons, NOON) == at("2026-11-18 12:00:00")


def test_b2_a_site_that_is_never_staffed_goes_by_the_clock_on_the_wall() -> None:
    never = WorkCalendar(((),) * 7, ())
    assert duty_due_at(at("2026-11-17 20:00:00"), never, NOON) == at("2026-11-18 12:00:00")


@given(
    taken=st.integers(0, 350 * 86_400).map(lambda after: datetime(2026, 1, 2, tzinfo=UTC) + timedelta(seconds=after)),
    due=st.times(min_value=time(0, 1)).map(lambda t: t.replace(microsecond=0)),
)
def test_b2_due_is_after_the_call_on_a_working_day_and_none_before_it_was_skipped(taken: datetime, due: time) -> None:
    found = duty_due_at(taken, CALENDAR, due)
    day = local_day(found)
    assert found > taken
    assert CALENDAR.is_working_day(day) and found.astimezone(SHANGHAI).time() == due
    earlier = [local_day(taken) + timedelta(days=n) for n in range((day - local_day(taken)).days)]
    for skipped in earlier:
        periods = CALENDAR.periods_of(skipped)
        begins_after = bool(periods) and periods[0].starts_at > taken
        assert not begins_after or _at(skipped, due) <= taken


def _at(day: date, wall: time) -> datetime:
    return datetime.combine(day, wall, SHANGHAI)


def test_b1_the_operator_who_talks_last_keeps_the_record() -> None:
    assert owner_of(sample.answered_call()) == sample.ZHAO
    assert owner_of(sample.duty_call()) == sample.DUTY
    assert owner_of(sample.abandoned_call()) is None
    assert owner_of(replace(sample.answered_call(), talks=())) == sample.QIAN, "a call folded before talks were kept"


def a_form(**changes: object) -> CallForm:
    form = CallForm("node1", "1", "main", Number("+8613800138000"), NOW, Origin.OPERATOR, "1001", "赵敏", NOW, NOW, "")
    return replace(form, **changes)  # type: ignore[arg-type]


def test_b3_what_is_missing_is_told_by_field() -> None:
    assert missing_fields(a_form(), ("content", "solved"), ("product",)) == [
        "category",
        "content",
        "solved",
        "fields.product",
    ]
    written = a_form(category="x", content=" \n", solved=False, fields={"product": " "})
    assert missing_fields(written, ("content", "solved"), ("product",)) == ["content", "fields.product"]


def test_b6_a_promise_needs_its_words_and_its_time() -> None:
    assert missing_fields(a_form(category="x", promise="回电"), (), ()) == ["promise_due_at"]
    assert missing_fields(a_form(category="x", promise_due_at=NOW), (), ()) == ["promise"]
    assert missing_fields(a_form(category="x", promise="回电", promise_due_at=NOW), (), ()) == []


def test_a_done_form_may_be_corrected_until_midnight_in_shanghai() -> None:
    done = a_form(done_at=at("2026-11-16 23:50:00"))
    assert may_correct(done, at("2026-11-16 23:59:59"))
    assert not may_correct(done, at("2026-11-17 00:00:00"))
    assert not may_correct(a_form(), NOW)
