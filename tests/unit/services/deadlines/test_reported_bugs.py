"""What ticket systems get wrong of deadlines, by their users' reports; each is named by what went wrong there."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from itertools import combinations, product
from pathlib import Path

import pytest

from hotline.domain.calendar import Hours, WorkCalendar
from hotline.domain.deadlines.day_count import counted_days
from hotline.domain.deadlines.deadline import Deadline, Standing
from hotline.domain.deadlines.kept import PauseReason
from hotline.domain.deadlines.term import Count, Within, WorkingDays
from hotline.services.calendar import work_calendar
from hotline.services.deadlines import keeping
from hotline.services.deadlines.keeping import Wanted, keep
from hotline.services.deadlines.sweep import Swept, overdue, sweep
from hotline.settings import Settings
from hotline.storage.transaction import Storage
from tests.support.deadlines import DAY, FIRST, HOUR, MINUTE, SECOND, happened, kept, made_up_clocks, usual_settings
from tests.support.instance import at

#: Four hours of working time: due 14:00.
BEGAN = at("2026-03-11 09:00")
DUE = at("2026-03-11 14:00")


@pytest.fixture(autouse=True)
def clocks(monkeypatch: pytest.MonkeyPatch) -> None:
    made_up_clocks(monkeypatch)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return usual_settings(tmp_path)


@pytest.fixture
def one(sqlite_storage: Storage, settings: Settings) -> Storage:
    """With one clock that has begun."""
    with sqlite_storage.writing() as tx:
        keep(tx, settings, FIRST, {1: Wanted(BEGAN, "main")}, BEGAN)
    return sqlite_storage


def paused(storage: Storage, settings: Settings, since: datetime, until: datetime | None = None) -> None:
    with storage.writing() as tx:
        keeping.pause(tx, settings, FIRST, 1, PauseReason.CUSTOMER, since)
        if until:
            keeping.resume(tx, settings, FIRST, 1, until)


def test_1_a_new_priority_forgets_the_pause_so_far(one: Storage, settings: Settings) -> None:
    paused(one, settings, BEGAN + HOUR, BEGAN + 2 * HOUR)
    with one.writing() as tx:
        after = keeping.put_under(tx, settings, FIRST, 1, Within(2 * HOUR, Count.WORKING), BEGAN + 2 * HOUR)
    assert after.due_at == BEGAN + 3 * HOUR


def test_2_it_is_violated_while_it_is_pending(one: Storage, settings: Settings) -> None:
    paused(one, settings, BEGAN + HOUR)
    assert sweep(one, settings, DUE + 30 * DAY) == Swept()
    with one.reading() as tx:
        assert overdue(tx, FIRST, DUE + 30 * DAY) == (0, None)


def test_3_the_time_for_which_it_was_closed_counts_against_it(one: Storage, settings: Settings) -> None:
    with one.writing() as tx:
        keeping.stop(tx, FIRST, 1, BEGAN + HOUR)
        after = keeping.reopen(tx, settings, FIRST, 1, BEGAN + 5 * DAY)
    assert after.due_at == at("2026-03-16 12:00"), "a Monday, three hours left"
    assert after.deadline.used(work_calendar(settings), BEGAN + 5 * DAY) == HOUR


@pytest.mark.parametrize("steps", list(product(("pause", "resume", "stop", "reopen"), repeat=4)))
def test_4_back_to_new_after_a_pause_it_expires_at_once(steps: tuple[str, ...], settings: Settings) -> None:
    """By any way of states that leads back to an open one, what was left is left."""
    deadline, moment = Deadline(Within(4 * HOUR, Count.WORKING), BEGAN), BEGAN + HOUR
    acts = {
        "pause": lambda it: it.paused(moment, "customer"),
        "resume": lambda it: it.resumed(moment),
        "stop": lambda it: it.stopped(moment),
        "reopen": lambda it: it.reopened(moment),
    }
    possible = {
        "pause": lambda it: it.is_open and not it.pause,
        "resume": lambda it: it.is_open and it.pause,
        "stop": lambda it: it.is_open,
        "reopen": lambda it: not it.is_open,
    }
    for step in steps:
        if possible[step](deadline):
            deadline = acts[step](deadline)
    deadline = deadline if deadline.is_open else deadline.reopened(moment)
    deadline = deadline.resumed(moment) if deadline.pause else deadline
    assert deadline.due_at(work_calendar(settings)) == DUE


def test_5_opened_outside_hours_it_is_escalated_at_birth(settings: Settings) -> None:
    """Every minute of a week: never due when it begins, never more than its term of working time."""
    calendar, term = work_calendar(settings), Within(30 * MINUTE, Count.WORKING)
    for minute in range(7 * 1440):
        began = at("2026-03-09 00:00") + minute * MINUTE
        due = term.due(began, calendar)
        assert due > began
        assert calendar.working_seconds_between(began, due) == 1800
        assert Deadline(term, began).standing(calendar, began, timedelta()) is Standing.RUNNING


@pytest.mark.parametrize("open_days", [set(days) for n in range(1, 8) for days in combinations(range(7), n)])
def test_6_a_week_without_monday_and_thursday_counts_wrong(open_days: set[int]) -> None:
    hours = (Hours(time(9), time(17)),)
    calendar = WorkCalendar(tuple(hours if day in open_days else () for day in range(7)), ())
    due = WorkingDays(3).due(BEGAN, calendar)
    after = [(BEGAN + n * DAY).weekday() in open_days for n in range(1, 60)]
    third = [n for n, is_open in enumerate(after, 1) if is_open][2]
    assert due.date() == (BEGAN + third * DAY).date()


def test_7_the_overdue_mark_stays_after_it_has_time_again(one: Storage, settings: Settings) -> None:
    assert sweep(one, settings, DUE) == Swept(breached=1)
    with one.writing() as tx:
        after = keeping.put_under(tx, settings, FIRST, 1, WorkingDays(3), DUE)
    assert (after.breached_at, after.breach_told_at) == (None, None)
    with one.reading() as tx:
        assert overdue(tx, FIRST, DUE) == (0, None)


def test_8_a_pause_is_shown_and_the_clock_runs_or_it_is_added_over_a_holiday(one: Storage, settings: Settings) -> None:
    """Paused from Friday evening to Monday morning nothing that counts has passed."""
    with one.writing() as tx:
        friday = at("2026-03-13 17:00")
        keep(tx, settings, FIRST, {1: Wanted(friday, "main")}, friday)
    before = kept(one).due_at
    paused(one, settings, at("2026-03-13 17:30"), at("2026-03-16 09:00"))
    assert kept(one).due_at == before == at("2026-03-16 13:30")


def test_9_a_day_has_one_period_and_no_lunch(settings: Settings) -> None:
    [day] = counted_days(Deadline(Within(4 * HOUR, Count.WORKING), BEGAN), work_calendar(settings), DUE)
    assert [(span.starts_at, span.ends_at) for span in day.spans] == [
        (BEGAN, at("2026-03-11 12:00")),
        (at("2026-03-11 13:00"), DUE),
    ]


def test_10_the_clock_runs_on_after_it_was_solved(one: Storage, settings: Settings) -> None:
    with one.writing() as tx:
        keeping.stop(tx, FIRST, 1, DUE + MINUTE)
    assert sweep(one, settings, DUE + 30 * DAY) == Swept()
    calendar = work_calendar(settings)
    assert happened(one).used(calendar, DUE + 30 * DAY) == 4 * HOUR + MINUTE, "a miss does not grow"
    assert happened(one).standing(calendar, DUE + 30 * DAY, HOUR) is Standing.LATE


def test_11_the_second_clock_overrules_the_first(one: Storage, settings: Settings) -> None:
    with one.writing() as tx:
        keep(tx, settings, SECOND, {1: Wanted(BEGAN + DAY, "main")}, BEGAN)
        keeping.stop(tx, SECOND, 1, BEGAN + DAY)
    assert kept(one).due_at == DUE and happened(one).is_open
    assert sweep(one, settings, DUE) == Swept(breached=1)


def test_12_the_clock_of_the_old_department_stays_after_hand_over(one: Storage, settings: Settings) -> None:
    """Its line is another: one clock, counted by that one's calendar, and none of the old."""
    with one.writing() as tx:
        keep(tx, settings, FIRST, {1: Wanted(BEGAN, "other")}, BEGAN + HOUR)
    assert kept(one).line == "other"
    assert sweep(one, settings, DUE) == Swept(breached=1)


def test_13_reminders_come_at_midnight(one: Storage, settings: Settings) -> None:
    """The moment to warn of a term of working time lies in it; another's waits for the morning (test_sweep)."""
    for minute in range(0, 7 * 1440, 30):
        began = at("2026-03-09 00:00") + minute * MINUTE
        with one.writing() as tx:
            keep(tx, settings, FIRST, {1: Wanted(began, "main", WorkingDays(2))}, began)
        warned = kept(one).warned_at
        assert warned is not None and work_calendar(settings).is_open(warned)


def test_14_wrong_by_two_days_and_nobody_can_say_why(settings: Settings) -> None:
    """Over the spring festival of 2026 each day stands in the count, with its kind."""
    days = counted_days(
        Deadline(WorkingDays(3), at("2026-02-13 10:00")), work_calendar(settings), at("2026-02-26 17:30")
    )
    assert [(each.day.kind, bool(each.spans)) for each in days if each.day.name] == [
        ("makeup" if each.day.hours else "holiday", bool(each.day.hours)) for each in days if each.day.name
    ]
    assert len(days) == 14 and any(each.day.kind == "makeup" for each in days)


def test_18_what_was_merged_still_stands_in_escalations(one: Storage, settings: Settings) -> None:
    with one.writing() as tx:
        keep(tx, settings, FIRST, {1: None}, BEGAN + HOUR)
    assert sweep(one, settings, DUE + DAY) == Swept()
    with one.reading() as tx:
        assert overdue(tx, FIRST, DUE + DAY) == (0, None)


def test_20_what_is_closed_still_waits_for_its_end(one: Storage, settings: Settings) -> None:
    """A pause ends with it, too."""
    paused(one, settings, BEGAN + HOUR)
    with one.writing() as tx:
        keep(tx, settings, FIRST, {1: Wanted(BEGAN, "main", done_at=BEGAN + 2 * HOUR)}, BEGAN + 2 * HOUR)
    done = happened(one)
    assert (done.pause, done.is_open, kept(one).breached_at) == (None, False, None)
    assert sweep(one, settings, DUE + DAY) == Swept()


def test_21_opened_by_another_page_the_clock_never_starts(one: Storage, settings: Settings) -> None:
    """`keep` is the one door: a thing that has no clock yet gets it with the first change."""
    with one.writing() as tx:
        keep(tx, settings, SECOND, {1: Wanted(BEGAN, "main")}, BEGAN + HOUR)
    assert kept(one, SECOND)._replace(clock=FIRST, id=kept(one).id) == kept(one)


def test_22_the_escalation_ignores_its_wait(one: Storage, settings: Settings) -> None:
    """Not a second before it is due, whoever is on duty."""
    assert sweep(one, settings, DUE - timedelta(seconds=1)).breached == 0
    assert sweep(one, settings, DUE).breached == 1
