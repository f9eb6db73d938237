"""Deadlines through the store: what happened is kept whole, and what follows from it is counted from that alone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from hotline.domain.deadlines.deadline import Standing, WrongStep
from hotline.domain.deadlines.kept import PauseReason
from hotline.domain.deadlines.term import Agreed, CalendarDays, Count, Term, Within, WorkingDays
from hotline.domain.errors import NotFound
from hotline.services.calendar import work_calendar
from hotline.services.deadlines import keeping
from hotline.services.deadlines.keeping import Wanted, keep
from hotline.services.deadlines.view import shown_deadlines
from hotline.settings import Settings
from hotline.storage.transaction import Storage, Transaction
from tests.support.deadlines import DAY, FIRST, HOUR, MINUTE, SECOND, happened, kept, made_up_clocks, usual_settings
from tests.support.instance import at

NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 300 * 86_400).map(lambda seconds: NEW_YEAR + timedelta(seconds=seconds))
AMOUNTS = st.integers(60, 100 * 3600).map(lambda seconds: timedelta(seconds=seconds))
TERMS = (
    st.builds(Within, AMOUNTS, st.sampled_from(list(Count)))
    | st.builds(WorkingDays, st.integers(1, 9))
    | st.builds(CalendarDays, st.integers(1, 9))
)
through_the_store = examples(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture(autouse=True)
def clocks(monkeypatch: pytest.MonkeyPatch) -> None:
    made_up_clocks(monkeypatch)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return usual_settings(tmp_path)


def start(storage: Storage, settings: Settings, began: datetime, term: Term | None = None, object_id: int = 1) -> None:
    """A thing of its own, whatever was kept of it before."""
    with storage.writing() as tx:
        keep(tx, settings, FIRST, {object_id: None}, began)
        keep(tx, settings, FIRST, {object_id: Wanted(began, "main", term)}, began)


@through_the_store
@given(began=MOMENTS, term=TERMS, later=AMOUNTS)
def test_what_begins_later_is_never_due_earlier(
    storage: Storage, settings: Settings, began: datetime, term: Term, later: timedelta
) -> None:
    start(storage, settings, began, term, 1)
    start(storage, settings, began + later, term, 2)
    first, second = kept(storage), kept(storage, FIRST, 2)
    assert first.due_at is not None and second.due_at is not None and first.warned_at is not None
    assert began <= first.warned_at <= first.due_at <= second.due_at


@through_the_store
@given(began=MOMENTS, term=TERMS, stretches=st.lists(st.integers(0, 3 * 86_400), max_size=6))
def test_a_deadline_of_working_time_never_falls_outside_it_however_often_it_is_paused(
    storage: Storage, settings: Settings, began: datetime, term: Term, stretches: list[int]
) -> None:
    assume(term.count is Count.WORKING)
    start(storage, settings, began, term)
    moment = began
    for place, seconds in enumerate(stretches):
        moment += timedelta(seconds=seconds)
        with storage.writing() as tx:
            if place % 2:
                keeping.resume(tx, settings, FIRST, 1, moment)
            else:
                keeping.pause(tx, settings, FIRST, 1, PauseReason.CUSTOMER, moment)
    due = kept(storage).due_at
    if due is None:
        assert len(stretches) % 2, "only what is paused is due at no moment"
        with storage.writing() as tx:
            due = keeping.resume(tx, settings, FIRST, 1, moment).due_at
    assert due is not None
    assert work_calendar(settings, "main").is_open(due - timedelta(microseconds=1))


@through_the_store
@given(
    began=MOMENTS,
    amount=AMOUNTS,
    count=st.sampled_from(list(Count)),
    pauses=st.lists(st.integers(0, 40_000), max_size=4),
)
def test_pauses_add_exactly_the_time_that_would_have_counted(
    storage: Storage, settings: Settings, began: datetime, amount: timedelta, count: Count, pauses: list[int]
) -> None:
    """Each begins in time: half of what is left has passed."""
    start(storage, settings, began, Within(amount, count))
    calendar, waited, moment = work_calendar(settings, "main"), timedelta(), began
    for seconds in pauses:
        due = kept(storage).due_at
        assert due is not None
        moment += (due - moment) / 2
        until = moment + timedelta(seconds=seconds)
        with storage.writing() as tx:
            keeping.pause(tx, settings, FIRST, 1, PauseReason.OUTSIDE, moment)
            assert kept_due(tx, settings) is None
            keeping.resume(tx, settings, FIRST, 1, until)
        passed = calendar.working_seconds_between(moment, until) if count is Count.WORKING else seconds
        waited += timedelta(seconds=passed)
        moment = until
    whole = amount + waited
    expected = calendar.add_working_time(began, whole) if count is Count.WORKING else began + whole
    assert kept(storage).due_at == expected


def kept_due(tx: Transaction, settings: Settings) -> datetime | None:
    [shown] = shown_deadlines(tx, settings, FIRST, {1: None}, NEW_YEAR).values()
    return shown.due_at


def test_another_calendar_and_another_priority_while_it_is_paused_lose_nothing(
    storage: Storage, tmp_path: Path, settings: Settings
) -> None:
    start(storage, settings, at("2026-03-11 09:00"))
    closed = usual_settings(tmp_path, CALENDAR__CLOSED='["2026-03-12"]')
    with storage.writing() as tx:
        keeping.pause(tx, settings, FIRST, 1, PauseReason.CUSTOMER, at("2026-03-11 10:00"))
        keeping.put_under(tx, closed, FIRST, 1, Within(10 * HOUR, Count.WORKING), at("2026-03-11 11:00"))
    assert happened(storage).pause is not None and kept(storage).due_at is None
    with storage.writing() as tx:
        keeping.resume(tx, closed, FIRST, 1, at("2026-03-11 12:00"))
    # One hour before the pause, two of pause; the other nine: 13:00–17:30, not the 12th, 09:00–12:00, 13:00–14:30.
    assert kept(storage).due_at == at("2026-03-13 14:30")
    assert [(gap.since, gap.until, gap.reason) for gap in happened(storage).gaps] == [
        (at("2026-03-11 10:00"), at("2026-03-11 12:00"), "customer")
    ]


def test_two_clocks_of_one_thing_never_touch_each_other(storage: Storage, settings: Settings) -> None:
    began = at("2026-03-11 09:00")
    with storage.writing() as tx:
        for clock in (FIRST, SECOND):
            keep(tx, settings, clock, {1: Wanted(began, "main")}, began)
    second = kept(storage, SECOND)
    with storage.writing() as tx:
        keeping.pause(tx, settings, FIRST, 1, PauseReason.ORDERED, began + HOUR)
        keeping.resume(tx, settings, FIRST, 1, began + 2 * HOUR)
        keeping.put_under(tx, settings, FIRST, 1, CalendarDays(2), began + 2 * HOUR)
        keeping.stop(tx, FIRST, 1, began + 3 * HOUR)
        keeping.reopen(tx, settings, FIRST, 1, began + 3 * DAY)
    assert kept(storage, SECOND) == second
    with storage.writing() as tx:
        keep(tx, settings, FIRST, {1: None}, began)
    assert kept(storage, SECOND) == second


def test_bringing_a_clock_to_what_is_wanted_again_changes_nothing(storage: Storage, settings: Settings) -> None:
    began = at("2026-03-11 09:00")
    for wanted in (Wanted(began, "main"), Wanted(began, "main", done_at=began + HOUR), Wanted(began, "main")):
        with storage.writing() as tx:
            keep(tx, settings, FIRST, {1: wanted}, began + 2 * HOUR)
        once = kept(storage)
        with storage.writing() as tx:
            assert keep(tx, settings, FIRST, {1: wanted}, began + 9 * HOUR) == {1: once}
        assert kept(storage) == once
    assert [(gap.since, gap.until) for gap in happened(storage).gaps] == [(began + HOUR, began + 2 * HOUR)]


def test_a_start_that_is_known_better_keeps_what_was_paused_since(storage: Storage, settings: Settings) -> None:
    began = at("2026-03-11 09:00")
    with storage.writing() as tx:
        keep(tx, settings, FIRST, {1: Wanted(began, "main")}, began)
        keeping.pause(tx, settings, FIRST, 1, PauseReason.CUSTOMER, began + HOUR)
        keep(tx, settings, FIRST, {1: Wanted(began + 30 * MINUTE, "main")}, began + HOUR)
        keeping.resume(tx, settings, FIRST, 1, began + 2 * HOUR)
    assert kept(storage).due_at == at("2026-03-11 15:30"), "09:30 and four hours, one of pause, one of lunch"


def test_what_was_agreed_anew_after_it_was_done_is_another_promise(storage: Storage, settings: Settings) -> None:
    began, first, second = at("2026-03-11 09:00"), at("2026-03-11 10:00"), at("2026-03-12 10:00")
    with storage.writing() as tx:
        keep(tx, settings, FIRST, {1: Wanted(began, "main", Agreed(first), done_at=first + HOUR)}, first + HOUR)
        assert keep(tx, settings, FIRST, {1: Wanted(began, "main", Agreed(second))}, first + 2 * HOUR)
    now = kept(storage)
    assert (now.due_at, now.breached_at, now.deadline.gaps, now.breach_told_at) == (second, None, (), None)


def test_what_is_not_there_or_stands_otherwise_is_refused(storage: Storage, settings: Settings) -> None:
    began = at("2026-03-11 09:00")
    start(storage, settings, began)
    with storage.writing() as tx, pytest.raises(NotFound):
        keeping.pause(tx, settings, FIRST, 2, PauseReason.CUSTOMER, began)
    with storage.writing() as tx, pytest.raises(WrongStep):
        keeping.resume(tx, settings, FIRST, 1, began)
    with storage.writing() as tx:
        keeping.stop(tx, SECOND, 1, began)
        keeping.stop(tx, FIRST, 1, began + HOUR)
        keeping.stop(tx, FIRST, 1, began + 9 * HOUR)
    assert happened(storage).stopped_at == began + HOUR, "once done is done"


@pytest.mark.parametrize(
    ("now", "standing", "left"),
    [
        ("2026-03-11 09:30", Standing.RUNNING, 210 * MINUTE),
        ("2026-03-11 13:30", Standing.WARNED, 30 * MINUTE),
        ("2026-03-11 14:00", Standing.BREACHED, 0 * MINUTE),
        ("2026-03-12 09:30", Standing.BREACHED, 240 * MINUTE),
    ],
)
def test_it_is_shown_with_what_is_left_and_how_it_was_counted(
    storage: Storage, settings: Settings, now: str, standing: Standing, left: timedelta
) -> None:
    start(storage, settings, at("2026-03-11 09:00"))
    with storage.reading() as tx:
        [shown] = shown_deadlines(tx, settings, FIRST, {1: None}, at(now)).values()
    assert (shown.standing, shown.due_at, shown.left) == (standing, at("2026-03-11 14:00"), left)
    [day] = shown.days
    assert (day.day.date, day.total, len(day.spans)) == (date(2026, 3, 11), 4 * HOUR, 2)


def test_what_no_clock_is_kept_of_is_shown_by_its_own_time(storage: Storage, settings: Settings) -> None:
    due = at("2026-03-11 10:00")
    with storage.reading() as tx:
        shown = shown_deadlines(tx, settings, FIRST, {1: due, 2: None}, due - HOUR)
    assert {object_id: each.due_at for object_id, each in shown.items()} == {1: due}
