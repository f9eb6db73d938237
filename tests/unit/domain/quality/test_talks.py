"""A call's talks, as the rules of speech look at them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hotline.domain.calls.call import BY_CALLER, HangUp, Party, PartyKind, Span, Talk
from hotline.domain.quality import Ringing, Stretch
from hotline.domain.quality.talks import RecordingContent, talks_of
from tests.support.sample_calls import MONDAY_TEN, QIAN, answered_call, bare_call, duty_call
from tests.support.speech import say

BEGUN = MONDAY_TEN + timedelta(seconds=13)


def test_each_operator_is_judged_for_the_own_part() -> None:
    first, second = talks_of(answered_call(), BEGUN, RecordingContent())
    assert (first.extension, first.span) == ("1002", Stretch(30.0, 127.0))
    assert (second.extension, second.span) == ("1001", Stretch(132.0, 185.0))
    assert first.holds == (Stretch(67.0, 89.0),) and first.pauses == (Stretch(97.0, 107.0),)
    assert second.holds == () and second.pauses == ()


def test_the_one_passed_on_the_other_had_the_end() -> None:
    first, second = talks_of(answered_call(), BEGUN, RecordingContent())
    assert (first.transferred_at, first.transferred_in, first.last) == (127.0, False, False)
    assert (second.transferred_at, second.transferred_in, second.last) == (None, True, True)
    assert (first.hung_up_at, first.we_hung_up) == (None, None)
    assert (second.hung_up_at, second.we_hung_up) == (185.0, False)


def test_a8_the_caller_waited_from_joining_the_queue_the_phone_rang_for_itself() -> None:
    first, second = talks_of(answered_call(), BEGUN, RecordingContent())
    assert first.ringing == Ringing(2, 31.2)
    assert second.ringing is None  # no ring of theirs was answered


def test_an_operator_who_hung_up() -> None:
    call = answered_call()
    call = replace(call, hang_up=HangUp(QIAN, call.ended_at or MONDAY_TEN, 16))
    assert talks_of(call, BEGUN, RecordingContent())[-1].we_hung_up is True


def test_a_browser_loaded_anew_in_mid_call_makes_no_second_talk() -> None:
    call = answered_call()
    at = MONDAY_TEN + timedelta(seconds=43)
    again = at + timedelta(seconds=36)
    broken = (Talk(QIAN, at, at + timedelta(seconds=30)), Talk(QIAN, again, at + timedelta(seconds=90)))
    [talk] = talks_of(replace(call, talks=broken, transfers=()), BEGUN, RecordingContent())
    assert talk.span == Stretch(30.0, 120.0) and not talk.transferred_in


def test_the_duty_mobile_is_not_judged_and_a_call_without_talk_has_none() -> None:
    assert talks_of(duty_call(), BEGUN, RecordingContent()) == ()
    assert talks_of(bare_call(), BEGUN, RecordingContent()) == ()


def test_c2_c3_who_barges_in_is_not_judged_and_the_operator_has_the_end() -> None:
    call = answered_call()
    first, second = call.talks
    beside = Talk(
        Party(PartyKind.OPERATOR, "1009", "何主管"), second.started_at + timedelta(seconds=5), second.ended_at
    )
    judged = talks_of(replace(call, talks=(first, second, beside)), BEGUN, RecordingContent())
    assert [each.extension for each in judged] == ["1002", "1001"]
    assert judged[-1].last and judged == talks_of(call, BEGUN, RecordingContent())


def test_the_words_are_given_along() -> None:
    words = say("您好", 31.0)
    assert talks_of(answered_call(), BEGUN, RecordingContent(None, words))[0].our_words == words


def test_c6_a13_what_the_callers_own_phone_holds_is_no_hold_of_ours() -> None:
    """Nor is anything judged while it lasts: nobody is there to be spoken with."""
    call = answered_call()
    (ours,) = call.holds
    assert ours.ended_at is not None
    theirs = Span(ours.ended_at + timedelta(seconds=1), ours.ended_at + timedelta(seconds=4), BY_CALLER)
    first, _second = talks_of(replace(call, holds=(ours, theirs)), BEGUN, RecordingContent())
    assert first.holds == (Stretch(67.0, 89.0),)
    assert set(first.pauses) == {Stretch(90.0, 93.0), Stretch(97.0, 107.0)}
