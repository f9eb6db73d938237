"""Working time: the week, the lunch break, public holidays, make-up days, the site's own list (A1)."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotline.domain.calendar import DayKind, Hours, WorkCalendar
from hotline.domain.interval import Interval, subtract
from hotline.domain.time import SHANGHAI
from hotline.domain.walked import NoWorkingTime

WORKDAY = (Hours(time(9), time(12)), Hours(time(13), time(17, 30)))
WEEK = (WORKDAY,) * 5 + ((), ())
CALENDAR = WorkCalendar(WEEK, WORKDAY)
ALWAYS = WorkCalendar(((Hours(time.min, time.min),),) * 7, (Hours(time.min, time.min),))
NEVER = WorkCalendar(((),) * 7, ())


def at(text: str) -> datetime:
    """Wall clock of Asia/Shanghai."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 3 * 365 * 86_400).map(lambda seconds: NEW_YEAR + timedelta(seconds=seconds))
AMOUNTS = st.timedeltas(timedelta(), timedelta(hours=200))
HOURS = st.lists(st.integers(0, 95), min_size=0, max_size=6, unique=True).map(lambda marks: _hours(sorted(marks)))
CALENDARS = st.builds(
    WorkCalendar,
    week=st.tuples(*[HOURS] * 7),
    makeup_day=HOURS,
    closed=st.frozensets(st.dates(date(2026, 9, 1), date(2026, 10, 31)), max_size=5),
    open=st.frozensets(st.dates(date(2026, 9, 1), date(2026, 10, 31)), max_size=5),
) | st.sampled_from([CALENDAR, ALWAYS])


def _hours(quarters: list[int]) -> tuple[Hours, ...]:
    walls = [time(q // 4, q % 4 * 15) for q in quarters]
    return tuple(Hours(a, b) for a, b in zip(walls[::2], walls[1::2], strict=False))


@pytest.mark.parametrize(
    ("wall", "is_open"),
    [
        ("08:59:59.999999", False),
        ("09:00:00", True),
        ("11:59:59.999999", True),
        ("12:00:00", False),
        ("12:59:59.999999", False),
        ("13:00:00", True),
        ("17:29:59.999999", True),
        ("17:30:00", False),
        ("00:00:00", False),
        ("23:59:59", False),
    ],
)
def test_a1_the_edges_of_working_time_are_exact_to_the_second(wall: str, is_open: bool) -> None:
    assert CALENDAR.is_open(at(f"2026-09-16T{wall}")) is is_open


def test_a1_a_day_is_one_of_shanghai_whatever_the_zone_asked_in() -> None:
    assert CALENDAR.is_open(datetime(2026, 9, 16, 1, 0, tzinfo=UTC))
    assert not CALENDAR.is_open(datetime(2026, 9, 16, 9, 30, tzinfo=UTC))
    assert CALENDAR.is_open(datetime(2026, 9, 13, 23, 0, tzinfo=UTC) + timedelta(hours=2))


MAKEUP_DAYS = ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"]


@pytest.mark.parametrize("day", MAKEUP_DAYS)
def test_a1_a_make_up_weekend_day_is_open(day: str) -> None:
    assert CALENDAR.day(date.fromisoformat(day)).kind is DayKind.MAKEUP
    assert date.fromisoformat(day).weekday() >= 5
    assert CALENDAR.is_open(at(f"{day}T10:00"))
    assert not CALENDAR.is_open(at(f"{day}T12:30"))


def test_a1_a_public_holiday_is_closed_and_says_which() -> None:
    day = CALENDAR.day(date(2026, 10, 1))
    assert (day.kind, day.name, day.hours) == (DayKind.HOLIDAY, "国庆节", ())
    assert not CALENDAR.is_open(at("2026-10-01T10:00"))
    assert not CALENDAR.is_open(at("2026-10-07T10:00"))
    assert CALENDAR.is_open(at("2026-10-08T10:00"))


def test_a1_a_make_up_day_has_its_own_hours() -> None:
    morning = WorkCalendar(WEEK, (Hours(time(9), time(11)),))
    assert morning.is_open(at("2026-09-20T10:59:59"))
    assert not morning.is_open(at("2026-09-20T11:00"))


def test_a1_a_worked_saturday_of_the_week_yields_to_a_holiday() -> None:
    six_days = WorkCalendar((WORKDAY,) * 6 + ((),), WORKDAY)
    assert six_days.is_open(at("2026-09-12T10:00"))
    assert not six_days.is_open(at("2026-10-03T10:00"))


def test_a1_the_site_list_comes_before_the_public_calendar() -> None:
    own = WorkCalendar(
        WEEK,
        WORKDAY,
        closed=frozenset({date(2026, 9, 20), date(2026, 9, 16)}),
        open=frozenset({date(2026, 10, 1), date(2026, 9, 12)}),
    )
    assert own.day(date(2026, 9, 20)).kind is DayKind.SITE_CLOSED
    assert not own.is_open(at("2026-09-16T10:00"))
    assert own.is_open(at("2026-10-01T10:00"))
    assert own.is_open(at("2026-09-12T10:00"))


def test_a1_a_year_that_is_not_known_falls_back_to_weekdays_and_the_site_list() -> None:
    assert not CALENDAR.day(date(2031, 10, 1)).known
    assert CALENDAR.is_open(at("2031-10-01T10:00"))  # a Wednesday
    assert not CALENDAR.is_open(at("2031-10-04T10:00"))
    wednesday, saturday = date(2031, 10, 1), date(2031, 10, 4)
    own = WorkCalendar(WEEK, WORKDAY, frozenset({wednesday}), frozenset({saturday}), frozenset({2031}))
    assert own.day(date(2031, 10, 1)).known
    assert not own.is_open(at("2031-10-01T10:00"))
    assert own.is_open(at("2031-10-04T10:00"))


@pytest.mark.parametrize(
    ("today", "warns"),
    [
        ("2026-11-01", False),
        ("2026-11-02", True),
        ("2026-11-22", True),
        ("2026-12-31", True),
        ("2027-01-01", True),
        ("2030-06-01", True),
    ],
)
def test_a1_sixty_days_before_the_known_holidays_end_there_is_a_warning(today: str, warns: bool) -> None:
    warning = CALENDAR.coverage_warning(date.fromisoformat(today), 60)
    assert (warning is not None) is warns
    if warning:
        assert warning.values["year"] == max(2027, int(today[:4]))


def test_a1_the_warning_goes_when_the_site_lists_the_year_itself() -> None:
    own = WorkCalendar(WEEK, WORKDAY, covered_years=frozenset({2027}))
    assert own.coverage_ends(date(2026, 11, 22)) == date(2027, 12, 31)
    assert own.coverage_warning(date(2026, 11, 22), 60) is None
    assert "2028" in str(own.coverage_warning(date(2027, 11, 22), 60))


def test_a1_no_warning_days_means_a_warning_only_once_it_is_too_late() -> None:
    assert CALENDAR.coverage_warning(date(2026, 12, 31), 0) is None
    assert CALENDAR.coverage_warning(date(2027, 1, 1), 0) is not None


def test_a1_next_change_walks_over_lunch_night_weekend_and_holiday() -> None:
    walls = ["09-30T11:59:59", "09-30T12:00", "09-30T13:00", "09-30T17:30", "10-08T09:00"]
    changes = [CALENDAR.next_change(at(f"2026-{wall}")) for wall in walls]
    assert [(c.at.astimezone(SHANGHAI).strftime("%m-%d %H:%M"), c.opens) for c in changes if c] == [
        ("09-30 12:00", False),
        ("09-30 13:00", True),
        ("09-30 17:30", False),
        ("10-08 09:00", True),
        ("10-08 12:00", False),
    ]


def test_a1_a_calendar_that_never_changes_says_so() -> None:
    assert NEVER.next_change(at("2026-09-16T10:00")) is None
    around_the_clock = WorkCalendar(ALWAYS.week, ALWAYS.makeup_day)
    assert around_the_clock.next_change(at("2029-09-16T10:00")) is None
    assert around_the_clock.is_open(at("2029-09-16T00:00"))
    assert around_the_clock.is_open(at("2029-09-16T23:59:59.999999"))


def test_a1_periods_that_meet_at_midnight_are_one() -> None:
    night = WorkCalendar(((Hours(time(20), time.min),),) + ((Hours(time.min, time(6)),),) * 6, ())
    change = night.next_change(at("2029-09-17T21:00"))
    assert change is not None
    assert change.at == at("2029-09-18T06:00")


def test_a9_thirty_minutes_of_working_time_run_over_lunch_night_and_holiday() -> None:
    half = timedelta(minutes=30)
    assert CALENDAR.add_working_time(at("2026-09-16T10:00"), half) == at("2026-09-16T10:30")
    assert CALENDAR.add_working_time(at("2026-09-16T11:50"), half) == at("2026-09-16T13:20")
    assert CALENDAR.add_working_time(at("2026-09-16T11:30"), half) == at("2026-09-16T12:00")
    assert CALENDAR.add_working_time(at("2026-09-30T17:10"), half) == at("2026-10-08T09:10")
    assert CALENDAR.add_working_time(at("2026-09-20T03:00"), half) == at("2026-09-20T09:30")


def test_b5_three_working_days_end_with_the_third_day_after() -> None:
    assert CALENDAR.end_of_working_days(at("2026-09-29T10:00"), 3) == at("2026-10-09T17:30")
    assert CALENDAR.working_day_after(date(2026, 9, 18)) == date(2026, 9, 20)


def test_working_time_that_never_comes_is_said_and_not_waited_for() -> None:
    with pytest.raises(NoWorkingTime):
        NEVER.add_working_time(at("2026-09-16T10:00"), timedelta(seconds=1))
    with pytest.raises(NoWorkingTime):
        NEVER.working_day_after(date(2026, 9, 16))
    assert NEVER.add_working_time(at("2026-09-16T10:00"), timedelta()) == at("2026-09-16T10:00")


def test_negative_amounts_naive_moments_and_backward_hours_are_refused() -> None:
    with pytest.raises(ValueError, match="not negative"):
        CALENDAR.add_working_time(at("2026-09-16T10:00"), timedelta(seconds=-1))
    for call in (CALENDAR.is_open, CALENDAR.next_change):
        with pytest.raises(ValueError, match="naive"):
            call(datetime(2026, 9, 16, 10))  # noqa: DTZ001
    with pytest.raises(ValueError, match="end after they start"):
        Hours(time(22), time(6))


@given(CALENDARS, MOMENTS, AMOUNTS)
def test_a9_adding_working_time_and_measuring_it_are_inverse(
    calendar: WorkCalendar, start: datetime, amount: timedelta
) -> None:
    if not any(calendar.week):
        return
    due = calendar.add_working_time(start, amount)
    assert calendar.working_seconds_between(start, due) == pytest.approx(amount.total_seconds(), abs=1e-6)
    if amount:
        assert calendar.is_open(due - timedelta(microseconds=1))
        assert calendar.add_working_time(start, amount) >= start + amount


@given(CALENDARS, MOMENTS)
def test_a1_next_change_alternates_and_nothing_changes_in_between(calendar: WorkCalendar, moment: datetime) -> None:
    state = calendar.is_open(moment)
    for _ in range(6):
        change = calendar.next_change(moment)
        if change is None:
            return
        assert change.at > moment
        assert change.opens is not state
        assert calendar.is_open(change.at) is change.opens
        assert calendar.is_open(change.at - timedelta(microseconds=1)) is state
        assert calendar.is_open(moment + (change.at - moment) / 2) is state
        moment, state = change.at, change.opens


@given(CALENDARS, MOMENTS, st.timedeltas(timedelta(), timedelta(days=30)))
def test_a1_open_and_closed_spans_make_up_all_time(calendar: WorkCalendar, since: datetime, length: timedelta) -> None:
    until = since + length
    spans = sorted(
        [*calendar.open_spans(since, until), *calendar.closed_spans(since, until)], key=lambda s: s.starts_at
    )
    assert sum((s.ends_at - s.starts_at for s in spans), timedelta()) == length
    assert all(a.ends_at == b.starts_at for a, b in itertools.pairwise(spans))
    assert all(calendar.is_open(s.starts_at) for s in calendar.open_spans(since, until))


@settings(max_examples=300)
@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 20)), max_size=8))
def test_subtracting_intervals_leaves_what_no_part_covers(parts: list[tuple[int, int]]) -> None:
    zero = datetime(2026, 1, 1, tzinfo=UTC)
    spans = [Interval(zero + timedelta(hours=a), zero + timedelta(hours=a + n)) for a, n in parts]
    left = subtract(Interval(zero, zero + timedelta(hours=48)), spans)
    for hour in range(48):
        moment = zero + timedelta(hours=hour)
        covered = any(s.starts_at <= moment < s.ends_at for s in spans)
        assert covered is not any(s.starts_at <= moment < s.ends_at for s in left)
    assert all(s.starts_at < s.ends_at for s in left)


@given(moment=MOMENTS, amount=AMOUNTS, calendar=CALENDARS)
def test_working_time_is_counted_back_as_it_is_forwards(
    moment: datetime, amount: timedelta, calendar: WorkCalendar
) -> None:
    try:
        end = calendar.add_working_time(moment, amount)
    except NoWorkingTime:
        return
    back = calendar.subtract_working_time(end, amount)
    assert moment <= back <= end
    assert calendar.working_seconds_between(back, end) == amount.total_seconds()


def test_a_calendar_that_never_opens_counts_nothing_back() -> None:
    assert NEVER.subtract_working_time(NEW_YEAR, timedelta()) == NEW_YEAR
    with pytest.raises(NoWorkingTime):
        NEVER.subtract_working_time(NEW_YEAR, timedelta(seconds=1))
    with pytest.raises(ValueError, match="not negative"):
        CALENDAR.subtract_working_time(NEW_YEAR, timedelta(seconds=-1))
