"""The duty roster: who is on duty, in which order, and when nobody is (A2, A16)."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.calendar import Hours, WorkCalendar
from hotline.domain.interval import Interval
from hotline.domain.line.roster import DutyNumber, Shift, duty_numbers, gaps, next_shift, on_duty, overlaps, uncovered
from hotline.domain.time import SHANGHAI

WORKDAY = (Hours(time(9), time(12)), Hours(time(13), time(17, 30)))
CALENDAR = WorkCalendar((WORKDAY,) * 5 + ((), ()), WORKDAY)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)


def shift(person: str, since: str, until: str, *numbers: str, backups: tuple[DutyNumber, ...] = ()) -> Shift:
    return Shift(person, numbers or ("13800000001",), backups, at(since), at(until))


ZERO = at("2026-09-14T00:00")
SHIFTS = st.lists(
    st.tuples(st.integers(0, 300), st.integers(1, 60)).map(
        lambda span: Shift(
            "某人", ("13800000001",), (), ZERO + timedelta(hours=span[0]), ZERO + timedelta(hours=span[0] + span[1])
        )
    ),
    max_size=8,
)


def test_a2_a_shift_covers_its_first_second_and_not_its_last() -> None:
    duty = shift("李四", "2026-09-16T18:00", "2026-09-17T08:00")
    assert on_duty([duty], at("2026-09-16T18:00")) == [duty]
    assert on_duty([duty], at("2026-09-17T07:59:59")) == [duty]
    assert on_duty([duty], at("2026-09-17T08:00")) == []
    assert on_duty([duty], at("2026-09-16T17:59:59")) == []


def test_a2_numbers_are_tried_in_order_then_backups_then_those_always_there() -> None:
    duty = shift(
        "李四",
        "2026-09-16T18:00",
        "2026-09-17T08:00",
        "13800000001",
        "13800000002",
        backups=(DutyNumber("王五", "13800000003"),),
    )
    assert duty_numbers([duty], [DutyNumber("张三", "13800000009")], at("2026-09-16T20:00")) == (
        DutyNumber("李四", "13800000001"),
        DutyNumber("李四", "13800000002"),
        DutyNumber("王五", "13800000003"),
        DutyNumber("张三", "13800000009"),
    )


def test_a2_a_number_is_tried_once_however_it_is_spelt() -> None:
    duty = shift("李四", "2026-09-16T18:00", "2026-09-17T08:00", "13800000001", "+86 138 0000 0001")
    always = [DutyNumber("张三", "0138-0000-0001"), DutyNumber("门卫", "8001"), DutyNumber("前台", "8001")]
    assert duty_numbers([duty], always, at("2026-09-16T20:00")) == (
        DutyNumber("李四", "13800000001"),
        DutyNumber("门卫", "8001"),
    )


def test_a2_who_stands_in_for_a_night_is_called_before_the_month_they_stand_in_for() -> None:
    month = shift("李四", "2026-09-01T00:00", "2026-10-01T00:00", "13800000001")
    night = shift("王五", "2026-09-16T18:00", "2026-09-17T08:00", "13800000002")
    assert [s.person for s in on_duty([month, night], at("2026-09-16T20:00"))] == ["王五", "李四"]
    assert [s.person for s in on_duty([month, night], at("2026-09-17T08:00"))] == ["李四"]


def test_a2_without_a_shift_only_the_standing_numbers_are_tried() -> None:
    always = [DutyNumber("张三", "13800000009")]
    assert duty_numbers([], always, at("2026-09-16T20:00")) == tuple(always)
    assert duty_numbers([], [], at("2026-09-16T20:00")) == ()


def test_a2_the_next_shift_is_the_first_that_begins_later() -> None:
    first = shift("李四", "2026-09-16T18:00", "2026-09-17T08:00")
    second = shift("王五", "2026-09-17T18:00", "2026-09-18T08:00")
    assert next_shift([second, first], at("2026-09-16T12:00")) == first
    assert next_shift([second, first], at("2026-09-16T18:00")) == second
    assert next_shift([second, first], at("2026-09-17T18:00")) is None


def test_a2_overlapping_shifts_are_reported_with_what_they_share() -> None:
    one = shift("李四", "2026-09-16T18:00", "2026-09-17T08:00")
    other = shift("王五", "2026-09-17T07:00", "2026-09-17T18:00")
    touching = shift("赵六", "2026-09-17T18:00", "2026-09-18T08:00")
    [found] = overlaps([touching, other, one])
    assert (found.one, found.other) == (one, other)
    assert (found.starts_at, found.ends_at) == (at("2026-09-17T07:00"), at("2026-09-17T08:00"))


def test_a16_working_hours_need_nobody_on_duty_and_all_other_time_does() -> None:
    night = shift("李四", "2026-09-16T17:30", "2026-09-17T09:00")
    found = gaps([night], CALENDAR, at("2026-09-16T09:00"), at("2026-09-17T12:00"))
    assert found == [Interval(at("2026-09-16T12:00"), at("2026-09-16T13:00"))]


def test_a16_a_public_holiday_without_duty_is_a_gap() -> None:
    until_the_holiday = shift("李四", "2026-09-30T12:00", "2026-10-01T00:00")
    found = gaps([until_the_holiday], CALENDAR, at("2026-09-30T12:00"), at("2026-10-08T10:00"))
    assert found == [Interval(at("2026-10-01T00:00"), at("2026-10-08T09:00"))]


def test_a16_without_a_calendar_the_whole_time_must_be_covered() -> None:
    night = shift("李四", "2026-09-16T17:30", "2026-09-17T09:00")
    found = gaps([night], None, at("2026-09-16T12:00"), at("2026-09-17T12:00"))
    assert found == [
        Interval(at("2026-09-16T12:00"), at("2026-09-16T17:30")),
        Interval(at("2026-09-17T09:00"), at("2026-09-17T12:00")),
    ]


def test_a16_a_span_without_anybody_that_holds_closed_time_is_one_and_one_within_working_hours_none() -> None:
    morning = shift("李雷", "2026-09-16T00:00", "2026-09-16T10:00")
    noon_on = shift("王五", "2026-09-16T12:00", "2026-09-16T20:00")
    found = uncovered([morning, noon_on], CALENDAR, at("2026-09-16T00:00"), at("2026-09-17T12:00"))
    assert found == [Interval(at("2026-09-16T20:00"), at("2026-09-17T12:00"))]


def test_a16_nothing_is_a_gap_in_no_time() -> None:
    assert gaps([], None, at("2026-09-16T12:00"), at("2026-09-16T12:00")) == []
    assert gaps([], CALENDAR, at("2026-09-16T12:00"), at("2026-09-16T11:00")) == []


@given(SHIFTS, st.integers(0, 300), st.integers(1, 100))
def test_a16_gaps_and_shifts_together_make_up_all_closed_time(shifts: list[Shift], start: int, hours: int) -> None:
    since, until = ZERO + timedelta(hours=start), ZERO + timedelta(hours=start + hours)
    found = gaps(shifts, CALENDAR, since, until)
    moment = since
    while moment < until:
        in_gap = any(gap.starts_at <= moment < gap.ends_at for gap in found)
        assert in_gap is (not CALENDAR.is_open(moment) and not on_duty(shifts, moment))
        moment += timedelta(minutes=30)
    assert all(since <= gap.starts_at < gap.ends_at <= until for gap in found)


@given(SHIFTS)
def test_a2_overlaps_are_symmetric_and_cover_exactly_the_shared_time(shifts: list[Shift]) -> None:
    found = overlaps(shifts)
    assert len(found) == len(overlaps(list(reversed(shifts))))
    for overlap in found:
        for edge in (overlap.starts_at, overlap.ends_at - timedelta(microseconds=1)):
            assert overlap.one.covers(edge)
            assert overlap.other.covers(edge)


@given(SHIFTS, st.integers(0, 360))
def test_a2_whoever_is_on_duty_has_a_number_to_call(shifts: list[Shift], hour: int) -> None:
    moment = ZERO + timedelta(hours=hour)
    assert bool(duty_numbers(shifts, [], moment)) is bool(on_duty(shifts, moment))
