"""Where a call goes (A1, A2, A5, A15, B7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.calendar import Hours, WorkCalendar
from hotline.domain.line.blocked_number import BlockedNumber
from hotline.domain.line.override import Override
from hotline.domain.line.roster import DutyNumber, Shift
from hotline.domain.line.routing import (
    VOICEMAIL,
    Arrival,
    LinePlan,
    QueuePlan,
    Reason,
    RouteBook,
    RouteKind,
    line_state,
    open_state,
    route,
)
from hotline.domain.numbers import Number
from hotline.domain.time import SHANGHAI

WORKDAY = (Hours(time(9), time(12)), Hours(time(13), time(17, 30)))
CALENDAR = WorkCalendar((WORKDAY,) * 5 + ((), ()), WORKDAY)
NEVER = WorkCalendar(((),) * 7, ())
LI = DutyNumber("李四", "13800000001")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)


OPEN = at("2026-09-16T10:00")
NIGHT = at("2026-09-16T20:00")
BOOK = RouteBook(
    calendar=CALENDAR,
    lines={"main": LinePlan("menu-main", "service"), "sales": LinePlan("menu-sales", "sales")},
    queues={"service": QueuePlan("duty"), "sales": QueuePlan("voicemail")},
    always=(LI,),
)
CALL = Arrival("main", Number("+8613900000001"))


def override(mode: str, since: str, until: str) -> Override:
    return Override(mode, at(since), at(until), "supervisor", "电力检修")


def blocked(expires_at: datetime | None = None) -> BlockedNumber:
    return BlockedNumber(Number("+8613900000001"), "骚扰", "supervisor", OPEN, expires_at)


def test_a1_in_working_time_the_caller_hears_the_menu_of_the_line() -> None:
    assert route(CALL, OPEN, BOOK).menu == "menu-main"
    decided = route(replace(CALL, line="sales"), OPEN, BOOK)
    assert (decided.kind, decided.menu, decided.reason) == (RouteKind.MENU, "menu-sales", Reason.WORKING_TIME)


def test_a5_the_choice_in_the_menu_leads_to_its_queue_with_the_duty_mobile_behind_it() -> None:
    decided = route(replace(CALL, choice="service"), OPEN, BOOK)
    assert (decided.kind, decided.queue, decided.duty, decided.no_operator) == (
        RouteKind.QUEUE,
        "service",
        (LI,),
        "duty",
    )
    assert route(replace(CALL, choice="sales"), OPEN, BOOK).no_operator == "voicemail"


def test_a1_a_queue_without_operators_and_nobody_on_duty_leads_to_voicemail() -> None:
    decided = route(replace(CALL, choice="service"), OPEN, replace(BOOK, always=()))
    assert (decided.kind, decided.no_operator) == (RouteKind.QUEUE, "voicemail")


@pytest.mark.parametrize(
    ("wall", "reason"),
    [
        ("2026-09-16T08:59:59", Reason.AFTER_HOURS),
        ("2026-09-16T12:00:00", Reason.BREAK),
        ("2026-09-16T12:59:59", Reason.BREAK),
        ("2026-09-16T17:30:00", Reason.AFTER_HOURS),
        ("2026-09-19T10:00:00", Reason.DAY_OFF),
        ("2026-10-01T10:00:00", Reason.PUBLIC_HOLIDAY),
    ],
)
def test_a1_all_other_time_rings_the_duty_mobile_and_says_why(wall: str, reason: Reason) -> None:
    decided = route(CALL, at(wall), BOOK)
    assert (decided.kind, decided.reason, decided.duty) == (RouteKind.DUTY, reason, (LI,))


@pytest.mark.parametrize("wall", ["2026-09-20T10:00:00", "2026-10-10T10:00:00", "2026-09-20T11:59:59"])
def test_a1_a_make_up_sunday_or_saturday_is_open(wall: str) -> None:
    assert route(CALL, at(wall), BOOK).kind is RouteKind.MENU


def test_a1_nobody_on_duty_leads_to_voicemail() -> None:
    decided = route(CALL, NIGHT, replace(BOOK, always=()))
    assert (decided.kind, decided.reason) == (RouteKind.VOICEMAIL, Reason.NOBODY_ON_DUTY)


def test_a2_the_shift_of_the_moment_rings_before_the_standing_numbers() -> None:
    shift = Shift("王五", ("13800000002",), (DutyNumber("赵六", "13800000003"),), NIGHT, NIGHT + timedelta(hours=1))
    book = replace(BOOK, shifts=(shift,))
    assert [d.person for d in route(CALL, NIGHT, book).duty] == ["王五", "赵六", "李四"]
    assert [d.person for d in route(CALL, NIGHT + timedelta(hours=1), book).duty] == ["李四"]


def test_a1_closed_now_by_the_supervisor_comes_before_working_time() -> None:
    book = replace(BOOK, overrides=(override("closed", "2026-09-16T09:30", "2026-09-16T10:30"),))
    decided = route(CALL, OPEN, book)
    assert (decided.kind, decided.reason) == (RouteKind.DUTY, Reason.DECLARED_CLOSED)
    assert route(CALL, at("2026-09-16T10:30"), book).kind is RouteKind.MENU
    assert route(CALL, at("2026-09-16T09:29:59"), book).kind is RouteKind.MENU


def test_a1_open_now_by_the_supervisor_comes_before_holidays_and_night() -> None:
    book = replace(BOOK, overrides=(override("open", "2026-10-01T00:00", "2026-10-01T23:00"),))
    decided = route(CALL, at("2026-10-01T22:59:59"), book)
    assert (decided.kind, decided.reason) == (RouteKind.MENU, Reason.DECLARED_OPEN)
    assert route(CALL, at("2026-10-01T23:00"), book).kind is RouteKind.DUTY


def test_a15_a_blocked_caller_is_turned_away_even_when_declared_open() -> None:
    book = replace(BOOK, blocked=blocked(), overrides=(override("open", "2026-09-16T00:00", "2026-09-17T00:00"),))
    assert route(CALL, OPEN, book).kind is RouteKind.BLOCKED


def test_a15_a_block_ends_with_its_expiry() -> None:
    book = replace(BOOK, blocked=blocked(OPEN + timedelta(seconds=1)))
    assert route(CALL, OPEN, book).kind is RouteKind.BLOCKED
    assert route(CALL, OPEN + timedelta(seconds=1), book).kind is RouteKind.MENU


def test_b7_a_returning_caller_is_offered_to_the_operator_who_had_them() -> None:
    book = replace(BOOK, preferred="1001")
    assert route(replace(CALL, choice="service"), OPEN, book).preferred == "1001"
    assert route(replace(CALL, choice="service", withheld=True), OPEN, book).preferred == ""


def test_a_message_may_be_left_at_any_time() -> None:
    for moment in (OPEN, NIGHT):
        decided = route(replace(CALL, choice=VOICEMAIL), moment, BOOK)
        assert (decided.kind, decided.reason) == (RouteKind.VOICEMAIL, Reason.CALLER_CHOICE)


def test_a1_a_menu_that_was_heard_over_the_end_of_working_time_leads_to_the_duty_mobile() -> None:
    assert route(replace(CALL, choice="service"), at("2026-09-16T12:00"), BOOK).kind is RouteKind.DUTY


def test_a1_what_nobody_set_up_still_leads_to_a_person() -> None:
    assert route(replace(CALL, choice="gone"), OPEN, BOOK).queue == "service"
    assert route(replace(CALL, line="gone", choice="gone"), OPEN, BOOK).queue == "service"
    assert route(replace(CALL, line=""), OPEN, BOOK).menu == "menu-main"
    bare = RouteBook(CALENDAR, always=(LI,))
    decided = route(CALL, OPEN, bare)
    assert (decided.kind, decided.reason) == (RouteKind.DUTY, Reason.NO_QUEUE)
    assert route(CALL, OPEN, RouteBook(CALENDAR)).kind is RouteKind.VOICEMAIL


@pytest.mark.parametrize(
    ("now", "is_open", "until", "then_open"),
    [
        ("2026-09-16T10:00", True, "2026-09-16T12:00", False),
        ("2026-09-16T12:00", False, "2026-09-16T13:00", True),
        ("2026-09-30T18:00", False, "2026-10-08T09:00", True),
        ("2026-09-19T10:00", False, "2026-09-20T09:00", True),
    ],
)
def test_a1_the_line_state_says_until_when_it_holds(now: str, is_open: bool, until: str, then_open: bool) -> None:
    state = line_state(at(now), BOOK)
    assert (state.open, state.until, state.then_open, state.duty) == (is_open, at(until), then_open, (LI,))


@pytest.mark.parametrize(
    ("declared", "now", "is_open", "until"),
    [
        # Closed over part of the morning: open again within working time.
        (("closed", "2026-09-16T09:30", "2026-09-16T10:30"), "2026-09-16T10:00", False, "2026-09-16T10:30"),
        # Closed until lunch, which is closed too: open after it.
        (("closed", "2026-09-16T09:30", "2026-09-16T12:00"), "2026-09-16T10:00", False, "2026-09-16T13:00"),
        # Open over lunch and until the afternoon ends: closed only then.
        (("open", "2026-09-16T11:00", "2026-09-16T15:00"), "2026-09-16T12:30", True, "2026-09-16T17:30"),
        # Open until the late evening.
        (("open", "2026-09-16T17:00", "2026-09-16T21:00"), "2026-09-16T20:00", True, "2026-09-16T21:00"),
        # Declared for later today.
        (("closed", "2026-09-16T11:00", "2026-09-16T11:30"), "2026-09-16T10:00", True, "2026-09-16T11:00"),
        (("open", "2026-09-16T21:00", "2026-09-16T22:00"), "2026-09-16T20:00", False, "2026-09-16T21:00"),
        # Over already.
        (("closed", "2026-09-16T09:00", "2026-09-16T09:30"), "2026-09-16T10:00", True, "2026-09-16T12:00"),
    ],
)
def test_a1_the_line_state_reckons_with_what_was_declared(
    declared: tuple[str, str, str], now: str, is_open: bool, until: str
) -> None:
    state = line_state(at(now), replace(BOOK, overrides=(override(*declared),)))
    assert (state.open, state.until, state.then_open) == (is_open, at(until), not is_open)


def test_a1_a_line_that_never_turns_says_so() -> None:
    state = line_state(OPEN, replace(BOOK, calendar=NEVER))
    assert (state.open, state.until, state.then_open) == (False, None, False)


WALLS = st.integers(0, 90 * 86_400).map(lambda s: at("2026-08-25T00:00") + timedelta(seconds=s))
OVERRIDES = st.builds(
    lambda mode, start, hours: Override(mode, start, start + timedelta(hours=hours), "s", ""),
    st.sampled_from(["open", "closed", "calendar"]),
    WALLS,
    st.integers(1, 2000),
)
SHIFTS = st.builds(lambda start: Shift("王五", ("13800000002",), (), start, start + timedelta(days=9)), WALLS)
BOOKS = st.builds(
    RouteBook,
    calendar=st.sampled_from([CALENDAR, NEVER]),
    lines=st.sampled_from([{}, BOOK.lines]),
    queues=st.sampled_from([{}, BOOK.queues]),
    shifts=st.lists(SHIFTS, max_size=2).map(tuple),
    always=st.sampled_from([(), (LI,)]),
    overrides=st.lists(OVERRIDES, max_size=3).map(tuple),
    blocked=st.none() | st.builds(blocked, st.none() | WALLS),
    preferred=st.sampled_from(["", "1001"]),
)
ARRIVALS = st.builds(
    Arrival,
    line=st.sampled_from(["main", "sales", "", "gone"]) | st.text(max_size=5),
    caller_number=st.text(max_size=20),
    withheld=st.booleans(),
    choice=st.none() | st.sampled_from(["service", "sales", VOICEMAIL]) | st.text(max_size=5),
)


@given(ARRIVALS, WALLS, BOOKS)
def test_a1_every_call_gets_to_a_person_or_to_voicemail(arrival: Arrival, now: datetime, book: RouteBook) -> None:
    decided = route(arrival, now, book)
    match decided.kind:
        case RouteKind.BLOCKED:
            assert book.blocked
        case RouteKind.MENU:
            assert arrival.choice is None
            assert decided.menu in {plan.menu for plan in book.lines.values()}
        case RouteKind.QUEUE:
            assert decided.queue in book.queues
            assert decided.duty or decided.no_operator == VOICEMAIL
        case RouteKind.DUTY:
            assert decided.duty
        case RouteKind.VOICEMAIL:
            assert arrival.choice == VOICEMAIL or not decided.duty


@given(ARRIVALS, WALLS, BOOKS)
def test_a15_the_blocklist_wins_over_everything(arrival: Arrival, now: datetime, book: RouteBook) -> None:
    book = replace(book, blocked=blocked())
    assert route(arrival, now, book).kind is RouteKind.BLOCKED


@given(ARRIVALS, WALLS, BOOKS)
def test_a1_operators_are_offered_only_while_open(arrival: Arrival, now: datetime, book: RouteBook) -> None:
    if route(arrival, now, book).kind in (RouteKind.MENU, RouteKind.QUEUE):
        assert open_state(now, book)[0]


@given(WALLS, BOOKS)
def test_a1_the_line_state_holds_until_it_turns(now: datetime, book: RouteBook) -> None:
    state = line_state(now, book)
    assert state.open is open_state(now, book)[0]
    if state.until is None:
        assert state.then_open is state.open
        return
    assert state.until > now
    assert open_state(state.until, book)[0] is state.then_open is not state.open
    for part in (0.001, 0.25, 0.5, 0.75, 0.999):
        assert open_state(now + (state.until - now) * part, book)[0] is state.open
