"""What a call is to an operator, whom a change concerns, and what need not be told again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.calls.call import Call, Consultation, Direction, Party, PartyKind, Talk
from hotline.domain.operators.push import (
    ACTIVE,
    Mine,
    Reader,
    Share,
    brings_pop,
    ends_session,
    operators_of,
    owners_of,
    share_of,
    telling,
)
from hotline.domain.people import Actor, Role
from tests.support.live_calls import ended, held, left_to_itself, operator, ringing, stopped, talking, waiting
from tests.support.sample_calls import DUTY, MONDAY_TEN, dialled_call, unanswered_dial

CALL = waiting("node1-1.1")
RINGS = ringing(CALL, "1001")


DIALLED = dialled_call()
PHONE_RINGS = replace(
    DIALLED, answered_at=None, ended_at=None, talks=(), rings=(replace(DIALLED.rings[0], ended_at=None, result=""),)
)
CUSTOMER_RINGS = replace(PHONE_RINGS, rings=(DIALLED.rings[0], replace(DIALLED.rings[1], ended_at=None, result="")))


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        (PHONE_RINGS, Share(Mine.CALLING)),
        (CUSTOMER_RINGS, Share(Mine.CALLING)),
        (replace(PHONE_RINGS, answered_at=MONDAY_TEN, rings=DIALLED.rings), Share(Mine.CALLING)),
        (replace(DIALLED, ended_at=None, talks=(replace(DIALLED.talks[0], ended_at=None),)), Share(Mine.TALKING)),
        (DIALLED, Share(Mine.ENDED)),
        (unanswered_dial(), Share(Mine.ENDED)),
    ],
)
def test_a_call_that_an_operator_dials_is_their_calling_until_the_two_talk(call: Call, expected: Share) -> None:
    assert share_of(call, "1002") == expected
    assert share_of(call, "1001") is None


def reader(extension: str = "1001", floor: bool = False) -> Reader:
    role = Role.SUPERVISOR if floor else Role.OPERATOR
    return Reader(Actor("zhao", (role,), "赵敏", 7, extension or None), 3, floor)


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        (CALL, None),
        (ringing(CALL, "1002"), None),
        (RINGS, Share(Mine.RINGING)),
        (talking(RINGS, "1001"), Share(Mine.TALKING)),
        (stopped(RINGS, "answered", "1001"), Share(Mine.TALKING)),
        (held(talking(RINGS, "1001")), Share(Mine.HOLDING)),
        (ended(talking(RINGS, "1001")), Share(Mine.ENDED)),
        (talking(ringing(CALL, "1001", "1002"), "1002"), Share(Mine.TAKEN, "钱伟")),
        (stopped(ringing(CALL, "1001", "1002"), "answered", "1002"), Share(Mine.TAKEN, "钱伟")),
        (ended(talking(ringing(CALL, "1001", "1002"), "1002")), Share(Mine.TAKEN, "钱伟")),
        (ended(RINGS), Share(Mine.LEFT)),
        (stopped(RINGS, "no_answer"), Share(Mine.OFFERED_NO_MORE)),
        (stopped(RINGS, "busy"), Share(Mine.OFFERED_NO_MORE)),
        (ended(stopped(RINGS, "no_answer")), Share(Mine.OFFERED_NO_MORE)),
        (ringing(stopped(RINGS, "no_answer"), "1001", after=25), Share(Mine.RINGING)),
        (left_to_itself(talking(RINGS, "1001")), Share(Mine.ENDED)),
        (talking(ringing(talking(RINGS, "1001"), "1002", after=30), "1002", after=35), Share(Mine.ENDED, "钱伟")),
        (ringing(left_to_itself(talking(RINGS, "1001")), "1001", after=50), Share(Mine.RINGING)),
    ],
)
def test_what_a_call_is_to_an_operator(call: Call, expected: Share | None) -> None:
    assert share_of(call, "1001") == expected


@pytest.mark.parametrize(("over", "expected"), [(False, Share(Mine.ASKED, "钱伟")), (True, Share(Mine.ENDED, "钱伟"))])
def test_a_consultation_is_a_call_of_whoever_is_asked_while_it_lasts(over: bool, expected: Share) -> None:
    """A12: with a way to hang up; and none of theirs when the operator is with the caller again."""
    call = stopped(ringing(talking(ringing(CALL, "1002"), "1002"), "1001", after=20), "answered", "1001", after=25)
    answered = call.rings[-1].ended_at
    assert answered is not None
    asked = Consultation(operator("1002"), operator("1001"), answered, answered, answered if over else None)
    assert share_of(replace(call, consultations=(asked,)), "1001") == expected


def test_the_duty_mobile_that_takes_a_call_is_named_and_its_number_is_not() -> None:
    """A14"""
    nameless = Party(PartyKind.MOBILE, "13900000001")
    for party, name in ((DUTY, "李四"), (nameless, "mobile")):
        call = replace(stopped(RINGS, "no_answer"), talks=(Talk(party, MONDAY_TEN + timedelta(seconds=40), None),))
        assert share_of(call, "1001") == Share(Mine.TAKEN, name)


def test_calls_between_our_own_phones_pop_nowhere() -> None:
    call = replace(RINGS, direction=Direction.INTERNAL)
    assert operators_of(call) == frozenset() and share_of(call, "1001") is None
    assert telling(call, reader(floor=True)) is None


def test_f8_a_test_call_rings_on_the_operators_screen_and_not_on_the_floor() -> None:
    trial = replace(RINGS, direction=Direction.TEST)
    assert share_of(trial, "1001") == Share(Mine.RINGING)
    assert share_of(talking(trial, "1001"), "1001") == Share(Mine.TALKING)
    assert telling(trial, reader()) == telling(RINGS, reader())
    assert telling(trial, reader("", floor=True)) is None
    own = telling(trial, reader("1001", floor=True))
    assert own is not None and own.share == Share(Mine.RINGING), "a supervisor's own phone rings"


def test_a_mobile_is_no_operator_whatever_its_number() -> None:
    mobile = Party(PartyKind.MOBILE, "1001", "李四")
    assert operators_of(replace(CALL, talks=(Talk(mobile, MONDAY_TEN, None),))) == frozenset()


def test_an_operator_is_not_told_that_others_phones_ring_too() -> None:
    assert telling(RINGS, reader()) == telling(ringing(RINGS, "1002"), reader())
    assert telling(RINGS, reader(floor=True)) != telling(ringing(RINGS, "1002"), reader(floor=True))


def test_an_operator_whom_a_call_passed_by_does_not_follow_it() -> None:
    taken = talking(ringing(CALL, "1001", "1002"), "1002")
    assert telling(taken, reader()) == telling(ended(held(taken)), reader())


def test_an_operator_follows_their_own_call_to_who_hung_up() -> None:
    talk = talking(RINGS, "1001")
    steps = [RINGS, talk, held(talk), ended(held(talk))]
    told = [telling(call, reader()) for call in steps]
    assert len(set(told)) == 4


def test_who_asks_is_told_when_the_colleague_answers_and_when_it_is_over() -> None:
    """A12"""
    call = talking(RINGS, "1001")
    rings = Consultation(operator("1001"), operator("1002"), MONDAY_TEN, None, None)
    answered = replace(rings, answered_at=MONDAY_TEN + timedelta(seconds=5))
    over = replace(answered, ended_at=MONDAY_TEN + timedelta(seconds=9))
    told = [telling(replace(call, consultations=(each,)), reader()) for each in (rings, answered, over)]
    assert len(set(told)) == 3


def test_the_floor_follows_every_call() -> None:
    told = [telling(call, reader("", floor=True)) for call in (CALL, RINGS, talking(RINGS, "1001"), ended(RINGS))]
    assert None not in told and len(set(told)) == 4
    assert all(each is not None and each.share is None for each in told)


def test_the_pop_comes_first_and_each_time_that_the_call_comes_anew() -> None:
    away = stopped(RINGS, "no_answer")
    told = [telling(call, reader()) for call in (RINGS, talking(RINGS, "1001"), away, ringing(away, "1001", after=25))]
    rings, talks, gone, again = told
    assert rings and talks and gone and again
    assert brings_pop(None, rings) and brings_pop(None, talks)
    assert not brings_pop(rings, talks) and not brings_pop(rings, gone)
    assert brings_pop(gone, again)


@given(st.lists(st.sampled_from(["ring1001", "ring1002", "talk1001", "talk1002", "stop", "hold", "end"]), max_size=8))
def test_every_call_is_something_definite_to_each_whom_it_concerns(steps: list[str]) -> None:
    call, after = CALL, 5.0
    for step in steps:
        after += 5
        if call.ended_at is not None:
            break
        if step.startswith("ring"):
            call = ringing(call, step[4:], after=after)
        elif step.startswith("talk"):
            call = talking(call, step[4:], after=after)
        elif step == "stop":
            call = stopped(call, "no_answer", after=after)
        else:
            call = held(call, after) if step == "hold" else ended(call, after)
    for extension in operators_of(call):
        share = share_of(call, extension)
        assert share is not None
        assert share.mine not in ACTIVE or call.ended_at is None


def test_a_form_concerns_whose_it_is_and_whose_it_was() -> None:
    assert owners_of({"owner": "1002", "owner_before": "1001"}) == {"1001", "1002"}
    assert owners_of({"owner": "", "owner_before": None}) == frozenset()


def test_an_end_is_of_one_session_or_of_all_of_a_person() -> None:
    assert ends_session({"session_id": 3, "user_id": 7}, reader())
    assert not ends_session({"session_id": 4, "user_id": 7}, reader())
    assert ends_session({"user_id": 7}, reader()) and not ends_session({"user_id": 8}, reader())
    program = Reader(Actor("token:x", (Role.SUPERVISOR,), "x"), None, True)
    assert not ends_session({"why": "?"}, program)
