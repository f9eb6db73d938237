"""An operator's state: what is shown, how it follows from queues and calls, and what is to be done about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.calls.call import Call, Caller, Consultation, Direction, Party, PartyKind, Ring, Span, Talk
from hotline.domain.numbers import Number
from hotline.domain.operators.presence import (
    AWAY,
    WRAP_UP,
    Activity,
    OperatorPresence,
    ShownState,
    shown_reason,
    shown_state,
    unseen_too_long,
)
from hotline.domain.operators.presence_projection import (
    Doing,
    Membership,
    OrderKind,
    PresenceOrder,
    by_the_phone,
    colleague_of,
    doing_of,
    lost_pause,
    order_for,
    projected,
    strongest,
)
from tests.support.rows import MORNING, a_call

MINUTE = timedelta(minutes=1)
ZHAO = Party(PartyKind.OPERATOR, "1001", "赵敏")
QIAN = Party(PartyKind.OPERATOR, "1002", "钱伟")
READY = OperatorPresence("1001", MORNING, MORNING, ("service",))
TALKING = Doing(Activity.TALKING, "node1", "n-1", MORNING, True)


def live(**changes: Any) -> Call:
    return a_call("n-1", ended_at=None, outcome=None, hang_up=None, **changes)


def ring(party: Party, over: bool = False) -> Ring:
    return Ring(party, MORNING, MORNING if over else None, 0.0, 1, "answered" if over else "")


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, ShownState.READY),
        ({"queues": ()}, ShownState.OFFLINE),
        ({"queues": (), "paused": True, "reason": "meal"}, ShownState.OFFLINE),
        ({"paused": True, "reason": "meal"}, ShownState.PAUSED),
        ({"paused": True, "reason": ""}, ShownState.PAUSED),
        ({"paused": True, "reason": WRAP_UP}, ShownState.WRAP_UP),
        ({"paused": True, "reason": AWAY}, ShownState.OFFLINE),
        ({"activity": Activity.RINGING, "paused": True, "reason": WRAP_UP}, ShownState.RINGING),
        ({"activity": Activity.TALKING, "queues": ()}, ShownState.TALKING),
        ({"activity": Activity.HOLDING}, ShownState.HOLDING),
        ({"activity": Activity.BUSY}, ShownState.BUSY),
    ],
)
def test_a_call_counts_more_than_a_pause(changes: dict, state: ShownState) -> None:
    assert shown_state(replace(READY, **changes)) is state


def test_only_a_pause_has_a_reason() -> None:
    assert shown_reason(replace(READY, paused=True, reason="meal")) == "meal"
    assert shown_reason(replace(READY, paused=True, reason=WRAP_UP)) == ""
    assert shown_reason(replace(READY, paused=True, reason="meal", activity=Activity.TALKING)) == ""


def test_rings_talks_and_holds_are_what_a_call_does_with_operators() -> None:
    assert doing_of(live(rings=(ring(ZHAO), ring(QIAN)))).keys() == {"1001", "1002"}
    talk = live(rings=(ring(ZHAO, over=True), ring(QIAN, over=True)), talks=(Talk(ZHAO, MORNING, None),))
    assert {ext: doing.activity for ext, doing in doing_of(talk).items()} == {"1001": Activity.TALKING}
    held = replace(talk, holds=(Span(MORNING + MINUTE, None, "1001"),))
    assert doing_of(held)["1001"].activity is Activity.HOLDING
    assert doing_of(held)["1001"].since == MORNING + MINUTE
    assert doing_of(a_call("n-1", talks=(Talk(ZHAO, MORNING, None),))) == {}, "an ended call does nothing any more"


def test_a_mobile_is_no_operator() -> None:
    assert doing_of(live(talks=(Talk(Party(PartyKind.MOBILE, "13800000001"), MORNING, None),))) == {}


def test_both_sides_of_a_call_between_colleagues_talk() -> None:
    call = live(
        direction=Direction.INTERNAL, caller=Caller(Number.stored("1002"), "1002"), talks=(Talk(ZHAO, MORNING, None),)
    )
    assert {ext: doing.with_customer for ext, doing in doing_of(call).items()} == {"1001": False, "1002": False}


ASKED = Consultation(ZHAO, QIAN, MORNING, MORNING, None)


@pytest.mark.parametrize(
    ("asked", "busy"),
    [
        (ASKED, True),
        (replace(ASKED, answered_at=None), False),
        (replace(ASKED, ended_at=MORNING + MINUTE), False),
        (replace(ASKED, asked=Party(PartyKind.MOBILE, "13800000012")), False),
    ],
)
def test_whoever_is_consulted_is_busy(asked: Consultation, busy: bool) -> None:
    """A12: from when they answer until it is over; and the caller is not theirs to write up."""
    found = doing_of(live(talks=(Talk(ZHAO, MORNING, None),), consultations=(asked,)))
    assert found.keys() == ({"1001", "1002"} if busy else {"1001"})
    assert not busy or (found["1002"].activity, found["1002"].with_customer) == (Activity.BUSY, False)


def test_with_whom_an_operator_is_busy() -> None:
    call = live(talks=(Talk(ZHAO, MORNING, None),), consultations=(ASKED,))
    assert (colleague_of(call, "1002"), colleague_of(call, "1001")) == ("1001", "")
    internal = live(direction=Direction.INTERNAL, caller=Caller(Number.stored("1002"), "1002"), rings=(ring(ZHAO),))
    assert (colleague_of(internal, "1002"), colleague_of(internal, "1001")) == ("1001", "1002")


@pytest.mark.parametrize("seconds", [0.0, 0.4, 0.5, 60.0])
def test_a_phone_in_use_for_no_call_is_busy_after_a_moment(seconds: float) -> None:
    now = MORNING + timedelta(seconds=seconds)
    found = by_the_phone(None, MORNING, now)
    assert (found is not None) == (seconds >= 0.5)
    assert by_the_phone(TALKING, MORNING, now) is TALKING and by_the_phone(None, None, now) is None


def test_of_two_calls_the_callers_is_shown() -> None:
    """Two calls at once: the consultation while a caller is on hold."""
    colleague = replace(TALKING, with_customer=False, since=MORNING + MINUTE, linkedid="n-2")
    ringing = replace(TALKING, activity=Activity.RINGING, since=MORNING + 2 * MINUTE, linkedid="n-3")
    assert strongest([colleague, ringing, TALKING]) is TALKING
    assert strongest([ringing, colleague]) is colleague
    assert strongest([]) is None


def state_after(
    before: OperatorPresence, members: dict | None, doing: Doing | None = None, minutes: int = 1
) -> OperatorPresence:
    return projected(before, members, doing, True, MINUTE, MORNING + minutes * MINUTE)


def test_since_is_when_the_shown_state_began() -> None:
    ready = state_after(READY, {"service": Membership()})
    assert ready.since == MORNING
    paused = state_after(ready, {"service": Membership(True, "meal")}, minutes=2)
    assert (paused.since, paused.reason) == (MORNING + 2 * MINUTE, "meal")
    more = state_after(paused, {"service": Membership(True, "meal"), "sales": Membership(True, "meal")}, minutes=3)
    assert (more.since, more.queues) == (paused.since, ("sales", "service"))


def test_paused_in_one_queue_alone_is_ready_for_the_other() -> None:
    some = state_after(READY, {"service": Membership(True, "meal"), "sales": Membership()})
    assert shown_state(some) is ShownState.READY and some.reason == ""


def test_what_is_not_heard_yet_is_as_before() -> None:
    paused = replace(READY, paused=True, reason="meal", reachable=True)
    assert projected(paused, None, None, None, MINUTE, MORNING + MINUTE) is paused


def test_the_wrap_up_begins_when_the_talk_ends_and_keeps_its_end() -> None:
    wrapped = {"service": Membership(True, WRAP_UP)}
    talk = state_after(READY, wrapped, TALKING)
    assert (shown_state(talk), talk.wrap_up_until) == (ShownState.TALKING, None)
    after = state_after(talk, wrapped, minutes=5)
    assert (shown_state(after), after.wrap_up_until) == (ShownState.WRAP_UP, MORNING + 6 * MINUTE)
    assert state_after(after, wrapped, minutes=6) is after
    assert state_after(after, {"service": Membership()}, minutes=6).wrap_up_until is None


def order(
    presence: OperatorPresence, minutes: int = 0, with_customer: bool = True, wrap_up: timedelta = MINUTE
) -> PresenceOrder | None:
    return order_for(presence, with_customer, timedelta(seconds=30), wrap_up, MORNING + minutes * MINUTE)


def test_no_second_call_slips_in_at_a_talks_end() -> None:
    talking = replace(READY, activity=Activity.TALKING)
    assert order(talking) == PresenceOrder("1001", OrderKind.PAUSE, WRAP_UP)
    assert order(replace(talking, activity=Activity.HOLDING)) == PresenceOrder("1001", OrderKind.PAUSE, WRAP_UP)
    assert order(replace(talking, activity=Activity.RINGING)) is None
    assert order(talking, with_customer=False) is None, "a word with a colleague is not written up"
    assert order(replace(talking, queues=())) is None, "who is not signed in is offered nothing"
    assert order(talking, wrap_up=timedelta()) is None, "a site without wrap-up"


def test_who_was_paused_otherwise_keeps_that_reason() -> None:
    assert order(replace(READY, activity=Activity.TALKING, paused=True, reason="meal")) is None


def test_the_wrap_up_ends_in_time() -> None:
    wrapped = replace(READY, paused=True, reason=WRAP_UP, wrap_up_until=MORNING + MINUTE)
    assert order(wrapped) is None
    assert order(wrapped, minutes=1) == PresenceOrder("1001", OrderKind.UNPAUSE, over=WRAP_UP)


def test_a_console_that_is_gone_is_signed_out_but_not_in_mid_talk() -> None:
    gone = replace(READY, via="console", console_seen_at=MORNING)
    assert order(gone) is None
    assert order(gone, minutes=1) == PresenceOrder("1001", OrderKind.SIGN_OUT)
    assert order(replace(gone, paused=True, reason="meal"), minutes=1) == PresenceOrder("1001", OrderKind.SIGN_OUT)
    talking = replace(gone, activity=Activity.TALKING, paused=True, reason=WRAP_UP)
    assert order(talking, minutes=1) is None
    assert order(replace(gone, via="phone"), minutes=1) is None
    assert order(replace(gone, queues=()), minutes=1) is None


def test_nobody_is_offered_calls_by_a_crash() -> None:
    paused = replace(READY, paused=True, reason="meal")
    assert lost_pause(paused, {"service": Membership()}) == PresenceOrder("1001", OrderKind.PAUSE, "meal", "meal")
    assert lost_pause(paused, {"service": Membership(True, "meal")}) is None
    assert lost_pause(paused, {}) is None
    assert lost_pause(READY, {"service": Membership()}) is None


@given(
    st.sampled_from(list(Activity)),
    st.booleans(),
    st.sampled_from(["", "meal", WRAP_UP, AWAY]),
    st.sampled_from([(), ("service",)]),
    st.booleans(),
    st.integers(0, 3),
)
def test_an_order_that_is_carried_out_is_not_given_again(
    activity: Activity, paused: bool, reason: str, queues: tuple, console: bool, minutes: int
) -> None:
    presence = replace(
        READY,
        activity=activity,
        paused=paused,
        reason=reason if paused else "",
        queues=queues,
        via="console" if console else "phone",
        console_seen_at=MORNING,
        wrap_up_until=MORNING + MINUTE if reason == WRAP_UP and paused else None,
    )
    first = order(presence, minutes)
    if first is None:
        return
    members = {queue: Membership(first.kind is OrderKind.PAUSE, first.reason) for queue in queues}
    doing = replace(TALKING, activity=activity) if activity is not Activity.IDLE else None
    after = projected(
        presence, {} if first.kind is OrderKind.SIGN_OUT else members, doing, True, MINUTE, MORNING + minutes * MINUTE
    )
    assert order(after, minutes) in (None, *([PresenceOrder("1001", OrderKind.SIGN_OUT)] if console else []))
    assert not unseen_too_long(replace(after, queues=()), MORNING + 9 * MINUTE, MINUTE) or activity is not Activity.IDLE
