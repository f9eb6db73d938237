"""One clock: started, paused, resumed, stopped, reopened, under another term (A9, B5, B6, D2, D3)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hotline.domain.calendar import Hours, WorkCalendar
from hotline.domain.deadlines.day_count import counted_days
from hotline.domain.deadlines.deadline import Deadline, Standing, WrongStep
from hotline.domain.deadlines.term import Agreed, CalendarDays, Count, NextWorkingDay, Term, Within, WorkingDays
from hotline.domain.time import SHANGHAI

WORKDAY = (Hours(time(9), time(12)), Hours(time(13), time(17, 30)))
CALENDAR = WorkCalendar((WORKDAY,) * 5 + ((), ()), WORKDAY)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
LONG_AFTER = datetime(2030, 1, 1, tzinfo=UTC)

NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 400 * 86_400).map(lambda seconds: NEW_YEAR + timedelta(seconds=seconds))
AMOUNTS = st.integers(1, 200 * 3600).map(lambda seconds: timedelta(seconds=seconds))
COUNTS = st.sampled_from(list(Count))
TERMS = (
    st.builds(Within, AMOUNTS, COUNTS)
    | st.builds(WorkingDays, st.integers(1, 9))
    | st.builds(CalendarDays, st.integers(1, 9))
)
#: Working days of any kind: no Monday, no Thursday, one day a week, a site's own closed and open days.
WEEKS = st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(WORKDAY if d in days else () for d in range(7)))
CALENDARS = st.builds(
    WorkCalendar,
    week=WEEKS,
    makeup_day=st.just(WORKDAY),
    closed=st.frozensets(st.dates(date(2026, 1, 1), date(2027, 3, 1)), max_size=9),
    open=st.frozensets(st.dates(date(2026, 1, 1), date(2027, 3, 1)), max_size=3),
)
#: Seconds run, seconds paused, seconds run …
STRETCHES = st.lists(st.integers(0, 5 * 86_400), max_size=8)


def at(text: str) -> datetime:
    """Wall clock of Asia/Shanghai."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def begun(text: str, term: Term) -> Deadline:
    return Deadline(term, at(text).astimezone(UTC))


def worn(deadline: Deadline, stretches: list[int]) -> Deadline:
    """Paused and resumed, or done and reopened, in turn; resumed at the end."""
    moment = deadline.started_at
    for place, seconds in enumerate(stretches):
        moment += timedelta(seconds=seconds)
        if place % 4 == 0:
            deadline = deadline.paused(moment, "asked the customer")
        elif place % 4 == 1:
            deadline = deadline.resumed(moment)
        elif place % 4 == 2:
            deadline = deadline.stopped(moment)
        else:
            deadline = deadline.reopened(moment)
    if deadline.pause:
        return deadline.resumed(moment)
    return deadline if deadline.is_open else deadline.reopened(moment)


def due(deadline: Deadline, calendar: WorkCalendar = CALENDAR) -> datetime:
    found = deadline.due_at(calendar)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("start", "term", "expected"),
    [
        ("2026-09-24 11:50", Within(30 * timedelta(minutes=1), Count.WORKING), "2026-09-24 13:20"),  # over lunch
        ("2026-09-24 17:20", Within(30 * timedelta(minutes=1), Count.WORKING), "2026-09-28 09:20"),  # Mid-Autumn
        ("2026-09-24 11:50", Within(24 * HOUR, Count.PLAIN), "2026-09-25 11:50"),
        ("2026-09-24 17:20", WorkingDays(3), "2026-09-30 17:30"),
        ("2026-09-26 10:00", NextWorkingDay(time(12)), "2026-09-28 12:00"),
        ("2026-09-24 23:59", CalendarDays(3), "2026-09-28 00:00"),
        ("2026-09-24 17:20", Agreed(at("2026-10-03 03:00")), "2026-10-03 03:00"),
    ],
)
def test_a9_b2_b5_b6_d2_when_it_is_due(start: str, term: Term, expected: str) -> None:
    assert due(begun(start, term)) == at(expected)


@given(start=MOMENTS, term=TERMS, later=AMOUNTS, longer=AMOUNTS, calendar=CALENDARS)
def test_it_is_monotone(
    start: datetime, term: Term, later: timedelta, longer: timedelta, calendar: WorkCalendar
) -> None:
    first = due(Deadline(term, start), calendar)
    assert start < first
    assert first <= due(Deadline(term, start + later), calendar)
    more = replace(term, amount=term.amount + longer) if isinstance(term, Within) else term
    assert first <= due(Deadline(more, start), calendar)


@given(start=MOMENTS, term=TERMS, stretches=STRETCHES, calendar=CALENDARS)
def test_what_counts_working_time_falls_due_within_it(
    start: datetime, term: Term, stretches: list[int], calendar: WorkCalendar
) -> None:
    assume(term.count is Count.WORKING)
    moment = due(worn(Deadline(term, start), stretches), calendar)
    assert calendar.is_open(moment - timedelta(microseconds=1))


@given(start=MOMENTS, amount=AMOUNTS, count=COUNTS, stretches=STRETCHES, calendar=CALENDARS)
def test_pauses_in_any_order_add_exactly_the_paused_time(
    start: datetime, amount: timedelta, count: Count, stretches: list[int], calendar: WorkCalendar
) -> None:
    plain = worn(Deadline(Within(amount, count), start), stretches)
    assert plain.used(calendar, due(plain, calendar)) == amount
    moved = [gap for gap in plain.gaps if gap.since < due(plain, calendar)]
    if count is Count.PLAIN:
        assert due(plain, calendar) == start + amount + sum((gap.until - gap.since for gap in moved), timedelta())


@given(start=MOMENTS, term=TERMS, other=TERMS, stretches=STRETCHES, away=AMOUNTS)
def test_another_term_while_it_is_paused_loses_nothing(
    start: datetime, term: Term, other: Term, stretches: list[int], away: timedelta
) -> None:
    worked = worn(Deadline(term, start), stretches)
    since = start + timedelta(seconds=sum(stretches))
    waiting = worked.paused(since, "the customer looks for the serial number")
    changed = waiting.under(other).resumed(since + away)
    assert changed == waiting.resumed(since + away).under(other)
    assert due(changed) == due(replace(Deadline(other, start), gaps=changed.gaps))
    assert changed.gaps[-1].until - changed.gaps[-1].since == away


@given(start=MOMENTS, term=TERMS, stretches=STRETCHES, calendar=CALENDARS)
def test_another_calendar_recomputes_it_from_what_happened(
    start: datetime, term: Term, stretches: list[int], calendar: WorkCalendar
) -> None:
    worked = worn(Deadline(term, start), stretches)
    before = due(worked, CALENDAR)
    due(worked, calendar)
    assert due(worked, CALENDAR) == before


@given(start=MOMENTS, term=TERMS, stretches=STRETCHES, before=AMOUNTS)
def test_a_warning_comes_when_so_much_is_left_and_not_after_the_end(
    start: datetime, term: Term, stretches: list[int], before: timedelta
) -> None:
    worked = worn(Deadline(term, start), stretches)
    warned, end = worked.warned_at(CALENDAR, before), due(worked)
    assert warned is not None
    assert start <= warned <= end
    left = worked.used(CALENDAR, end) - worked.used(CALENDAR, warned)
    assert left == before or (warned == start and left < before)


@given(start=MOMENTS, term=TERMS, stretches=STRETCHES, until=AMOUNTS)
def test_the_count_day_by_day_is_what_was_used(
    start: datetime, term: Term, stretches: list[int], until: timedelta
) -> None:
    worked = worn(Deadline(term, start), stretches)
    days = counted_days(worked, CALENDAR, start + until)
    assert days[-1].total == worked.used(CALENDAR, start + until)
    assert [one.day.date for one in days] == sorted({one.day.date for one in days})
    for one, following in pairwise(days):
        assert one.total <= following.total


def test_a_count_shows_why_a_day_did_not_count() -> None:
    made = begun("2026-09-24 16:30", Within(4 * HOUR, Count.WORKING))
    made = made.paused(at("2026-09-28 09:30"), "waiting for the customer").resumed(at("2026-09-28 10:30"))
    days = counted_days(made, CALENDAR, due(made))
    assert [(f"{one.day.date:%m-%d}", one.day.name, one.total / HOUR) for one in days] == [
        ("09-24", "", 1.0),
        ("09-25", "中秋", 1.0),
        ("09-26", "中秋", 1.0),
        ("09-27", "中秋", 1.0),
        ("09-28", "", 4.0),
    ]
    assert [gap.reason for gap in days[-1].gaps] == ["waiting for the customer"]
    assert due(made) == at("2026-09-28 14:00")


def test_opened_in_any_minute_of_a_week_it_is_neither_warned_of_nor_broken_at_birth() -> None:
    term = Within(HOUR, Count.WORKING)
    for minute in range(7 * 24 * 60):
        start = at("2026-09-14 00:00") + timedelta(minutes=minute)
        made = Deadline(term, start)
        assert made.standing(CALENDAR, start, 10 * timedelta(minutes=1)) is Standing.RUNNING
        assert made.used(CALENDAR, due(made)) == HOUR


def test_while_it_is_paused_it_is_neither_warned_of_nor_broken() -> None:
    made = begun("2026-09-14 09:00", Within(HOUR, Count.PLAIN)).paused(at("2026-09-14 09:59"), "asked")
    assert made.due_at(CALENDAR) is None
    assert made.standing(CALENDAR, LONG_AFTER, HOUR) is Standing.PAUSED
    assert made.breached_at(CALENDAR, LONG_AFTER) is None
    going_on = made.resumed(at("2026-09-18 09:59"))
    assert due(going_on) == at("2026-09-18 10:00")
    assert going_on.standing(CALENDAR, at("2026-09-18 09:59"), timedelta(minutes=5)) is Standing.WARNED


def test_one_that_was_broken_before_it_was_paused_stays_broken() -> None:
    made = begun("2026-09-14 09:00", Within(HOUR, Count.PLAIN)).paused(at("2026-09-14 10:00"), "asked")
    assert made.standing(CALENDAR, at("2026-09-15 00:00"), HOUR) is Standing.BREACHED
    assert made.resumed(at("2026-09-15 00:00")).breached_at(CALENDAR, LONG_AFTER) == at("2026-09-14 10:00")


def test_reopened_after_five_days_these_do_not_count_and_what_was_kept_is_open_again() -> None:
    made = begun("2026-09-14 09:00", Within(24 * HOUR, Count.PLAIN)).stopped(at("2026-09-14 19:00"))
    assert made.standing(CALENDAR, LONG_AFTER, HOUR) is Standing.KEPT
    again = made.reopened(at("2026-09-19 19:00"))
    assert due(again) == at("2026-09-20 09:00")
    assert again.standing(CALENDAR, at("2026-09-19 19:00"), HOUR) is Standing.RUNNING


def test_a_miss_grows_no_more_once_it_is_done() -> None:
    made = begun("2026-09-14 09:00", Within(HOUR, Count.PLAIN)).stopped(at("2026-09-14 11:00"))
    assert made.standing(CALENDAR, LONG_AFTER, HOUR) is Standing.LATE
    assert made.used(CALENDAR, LONG_AFTER) == 2 * HOUR


def test_what_was_promised_for_a_moment_passes_whatever_happens() -> None:
    made = begun("2026-09-14 09:00", Agreed(at("2026-09-14 15:00")))
    with pytest.raises(WrongStep):
        made.paused(at("2026-09-14 10:00"), "asked")
    done = made.stopped(at("2026-09-14 10:00")).reopened(at("2026-09-14 12:00"))
    assert due(done) == at("2026-09-14 15:00")
    assert done.warned_at(CALENDAR, 4 * HOUR) == at("2026-09-14 11:00")


STATES: dict[str, Callable[[Deadline], Deadline]] = {
    "running": lambda made: made,
    "paused": lambda made: made.paused(at("2026-09-14 10:00"), "asked"),
    "done": lambda made: made.stopped(at("2026-09-14 10:00")),
}
STEPS: dict[str, Callable[[Deadline, datetime], Deadline]] = {
    "pause": lambda made, moment: made.paused(moment, "asked"),
    "resume": lambda made, moment: made.resumed(moment),
    "stop": lambda made, moment: made.stopped(moment),
    "reopen": lambda made, moment: made.reopened(moment),
}
POSSIBLE = {("running", "pause"), ("running", "stop"), ("paused", "resume"), ("paused", "stop"), ("done", "reopen")}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("step", STEPS)
def test_every_state_takes_its_steps_and_no_others_nor_one_in_the_past(state: str, step: str) -> None:
    made = STATES[state](begun("2026-09-14 09:00", Within(HOUR * 9, Count.PLAIN)))
    if (state, step) in POSSIBLE:
        after = STEPS[step](made, at("2026-09-14 11:00"))
        assert after != made
        assert after.standing(CALENDAR, at("2026-09-14 11:00"), HOUR) is not Standing.BREACHED
    else:
        with pytest.raises(WrongStep):
            STEPS[step](made, at("2026-09-14 11:00"))
    with pytest.raises(WrongStep):
        STEPS[step](made, at("2026-09-14 08:59"))


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_pause_needs_its_reason(reason: str) -> None:
    with pytest.raises(WrongStep):
        begun("2026-09-14 09:00", WorkingDays(3)).paused(at("2026-09-14 10:00"), reason)


@pytest.mark.parametrize(
    "make", [lambda: Within(timedelta(), Count.PLAIN), lambda: WorkingDays(0), lambda: CalendarDays(0)]
)
def test_a_term_of_nothing_is_refused(make: Callable[[], Term]) -> None:
    with pytest.raises(ValueError, match="was expected"):
        make()


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (Within(HOUR, Count.WORKING), "2026-09-14 11:00"),
        (WorkingDays(2), "2026-09-17 00:00"),
        (NextWorkingDay(time(12)), "2026-09-15 12:00"),
    ],
)
def test_where_no_hours_are_the_clock_on_the_wall_counts_pauses_too(term: Term, expected: str) -> None:
    never = WorkCalendar(((),) * 7, ())
    made = begun("2026-09-14 10:00", term)
    assert due(made, never) == at(expected)
    waited = made.paused(at("2026-09-14 10:10"), "asked").resumed(at("2026-09-14 10:40"))
    assert due(waited, never) == at(expected) + HOUR / 2
