"""Working time looked up is what walking day by day gives, wherever questions fall and in whatever order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from hotline.domain.calendar import Hours, WorkCalendar
from hotline.domain.interval import length
from hotline.domain.walked import NoWorkingTime, PeriodsOf, walk, walk_back

WORKDAY = (Hours(time(9), time(12)), Hours(time(13), time(17, 30)))
NIGHT = (Hours(time.min, time(6)), Hours(time(20), time.min))
DAYS = st.dates(date(2026, 1, 1), date(2029, 12, 31))
WEEKS = st.tuples(*[st.sampled_from([(), WORKDAY, NIGHT, (Hours(time.min, time.min),)])] * 7)
RARE = st.just(((),) * 7)
CALENDARS = st.builds(
    WorkCalendar,
    week=WEEKS | RARE,
    makeup_day=st.just(WORKDAY),
    closed=st.frozensets(DAYS, max_size=4),
    open=st.frozensets(DAYS, max_size=4),
)
#: To the minute, so that edges of hours are met; a few beside them.
MOMENTS = st.builds(
    lambda minutes, micro: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=30 * minutes, microseconds=micro),
    st.integers(0, 4 * 365 * 48),
    st.sampled_from([0, 0, 1, -1, 1234567]),
)
#: Days mostly; months, and more than a year, now and then.
HALF_HOURS = st.integers(0, 60) | st.integers(0, 1500) | st.just(20_000)
AMOUNTS = st.builds(timedelta, minutes=HALF_HOURS.map(lambda count: count * 30), microseconds=st.integers(0, 1))
QUESTIONS = st.lists(st.tuples(MOMENTS, AMOUNTS), min_size=1, max_size=6)

NEVER_BEFORE_2029 = WorkCalendar(((),) * 7, WORKDAY, open=frozenset({date(2026, 3, 2), date(2029, 3, 1)}))
AN_HOUR = timedelta(hours=1)
FIRST = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def _walked(
    way: Callable[[PeriodsOf, datetime, timedelta], datetime], calendar: WorkCalendar, moment: datetime, more: timedelta
) -> datetime | None:
    try:
        return way(calendar.periods_of, moment, more) if more else moment
    except NoWorkingTime:
        return None


def _looked_up(way: Callable[[datetime, timedelta], datetime], moment: datetime, amount: timedelta) -> datetime | None:
    try:
        return way(moment, amount)
    except NoWorkingTime:
        return None


@settings(max_examples=60)
@given(calendar=CALENDARS, questions=QUESTIONS)
@example(calendar=NEVER_BEFORE_2029, questions=[(FIRST, 8 * AN_HOUR), (datetime(2029, 3, 1, tzinfo=UTC), 8 * AN_HOUR)])
def test_looked_up_is_what_is_walked(calendar: WorkCalendar, questions: list[tuple[datetime, timedelta]]) -> None:
    for moment, amount in questions:
        assert _looked_up(calendar.add_working_time, moment, amount) == _walked(walk, calendar, moment, amount)
        back = _looked_up(calendar.subtract_working_time, moment, amount)
        assert back == _walked(walk_back, calendar, moment, amount)
        for until in (moment + amount, moment + 60 * amount):
            assert calendar.working_time_between(moment, until) == length(calendar.open_spans(moment, until))
