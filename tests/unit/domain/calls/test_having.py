"""Who has the caller: with several of ours in one bridge every feature names the same one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hotline.domain.calls.call import BY_CALLER, Call, Direction, Party, PartyKind, Span, Talk
from hotline.domain.calls.having import barges_in, has_caller, hold_now, our_holds, talk_now
from hotline.domain.forms.form import owner_of
from hotline.domain.operators.presence import Activity
from hotline.domain.operators.presence_projection import colleague_of, doing_of
from hotline.domain.operators.push import Mine, Share, share_of
from hotline.services.calls.live_calls import stage_of
from hotline.web.kit.shown import talk_so_far
from tests.support.live_calls import ended, held, operator, ringing, talking, waiting
from tests.support.sample_calls import MONDAY_TEN

TALK = talking(ringing(waiting("node1-1.1"), "1001"), "1001")


def after(seconds: float) -> Talk:
    return Talk(operator("1003"), MONDAY_TEN + timedelta(seconds=seconds), None)


def left(talk: Talk, seconds: float) -> Talk:
    return replace(talk, ended_at=MONDAY_TEN + timedelta(seconds=seconds))


BARGED = replace(TALK, talks=(*TALK.talks, after(20)))
GONE_AGAIN = replace(TALK, talks=(*TALK.talks, left(after(20), 30)))


def _everybody_says(call: Call, has: str, beside: str) -> None:
    assert talk_now(call) is not None and has_caller(call, has) and not has_caller(call, beside)
    assert barges_in(call, beside) and not barges_in(call, has)
    assert owner_of(call) == operator(has), "the record"
    doing = doing_of(call)
    assert (doing[has].activity, doing[has].with_customer) == (Activity.TALKING, True)
    assert (doing[beside].activity, doing[beside].with_customer) == (Activity.BUSY, False), "nothing to write up"
    assert colleague_of(call, beside) == has
    assert share_of(call, has) == Share(Mine.TALKING), "the console"
    assert share_of(call, beside) == Share(Mine.BARGED_IN, operator(has).name)


def test_e4_who_barges_in_is_beside_whoever_has_the_caller() -> None:
    _everybody_says(BARGED, "1001", "1003")


def test_e4_whoever_has_left_the_caller_to_a_supervisor_has_not_got_them() -> None:
    alone = replace(TALK, talks=(left(TALK.talks[0], 40), after(20)))
    assert has_caller(alone, "1003") and not barges_in(alone, "1003")
    assert share_of(alone, "1003") == Share(Mine.TALKING)
    assert share_of(alone, "1001") == Share(Mine.ENDED, "孙丽")
    assert doing_of(alone)["1003"].with_customer


def test_the_call_is_not_said_to_be_had_by_who_barged_in_and_left() -> None:
    """As when the operator hands the caller over to be asked how it was: the call goes on without anybody of ours."""
    handed = replace(GONE_AGAIN, talks=(left(GONE_AGAIN.talks[0], 50), GONE_AGAIN.talks[1]))
    assert share_of(handed, "1001") == Share(Mine.ENDED)
    both_left = replace(BARGED, talks=tuple(left(talk, 50) for talk in BARGED.talks))
    assert share_of(both_left, "1001") == Share(Mine.ENDED)
    assert share_of(both_left, "1003") == Share(Mine.ENDED)


def test_others_whose_phones_rang_are_told_who_took_it_not_who_barged_in() -> None:
    rang = talking(ringing(waiting("node1-1.1"), "1001", "1002"), "1001")
    for talks in (BARGED.talks, GONE_AGAIN.talks):
        assert share_of(replace(rang, talks=talks), "1002") == Share(Mine.TAKEN, "赵敏")


def test_passed_on_with_a_supervisor_beside_it_is_the_colleagues() -> None:
    passed = replace(
        GONE_AGAIN,
        talks=(
            left(TALK.talks[0], 50),
            GONE_AGAIN.talks[1],
            Talk(operator("1002"), MONDAY_TEN + timedelta(seconds=55), None),
        ),
    )
    assert share_of(passed, "1001") == Share(Mine.ENDED, "钱伟")
    assert share_of(passed, "1003") == Share(Mine.ENDED, "钱伟")


def test_a13_who_barged_in_and_holds_their_own_phone_keeps_nobody_waiting() -> None:
    own = replace(BARGED, holds=(Span(MONDAY_TEN + timedelta(seconds=25), None, "1003"),))
    assert hold_now(own) is None and stage_of(own) == "talking"
    _everybody_says(own, "1001", "1003")
    theirs = held(BARGED)
    assert hold_now(theirs) is not None and stage_of(theirs) == "holding"
    assert share_of(theirs, "1001") == Share(Mine.HOLDING)
    assert share_of(theirs, "1003") == Share(Mine.BARGED_IN, "赵敏")


def test_a13_only_what_whoever_had_the_caller_held_counts_as_our_hold() -> None:
    def span(since: float, until: float | None, by: str) -> Span:
        end = None if until is None else MONDAY_TEN + timedelta(seconds=until)
        return Span(MONDAY_TEN + timedelta(seconds=since), end, by)

    operators, beside, caller = span(22, 28, "1001"), span(25, 40, "1003"), span(30, 31, BY_CALLER)
    both = replace(BARGED, holds=(operators, beside, caller))
    assert our_holds(both) == (operators,)
    gone = left(TALK.talks[0], 35)
    inherited = replace(both, talks=(gone, after(20)))
    assert our_holds(inherited) == (operators, span(35, 40, "1003")), "theirs since the operator has gone"
    assert our_holds(replace(inherited, holds=(span(36, None, "1003"),))) == (span(36, None, "1003"),)
    assert our_holds(replace(TALK, holds=(operators,))) == (operators,)
    assert our_holds(replace(GONE_AGAIN, holds=(span(21, 29, "1003"), span(32, 33, "1001")))) == (span(32, 33, "1001"),)


def test_a_call_that_is_over_is_nobodys() -> None:
    over = ended(BARGED)
    assert (talk_now(over), hold_now(over)) == (None, None)
    assert not has_caller(over, "1001") and not barges_in(over, "1003")
    assert share_of(over, "1001") == share_of(over, "1003") == Share(Mine.ENDED)


def test_between_colleagues_who_barges_in_is_busy_too() -> None:
    inside = replace(BARGED, direction=Direction.INTERNAL, caller=replace(BARGED.caller, original="1002"))
    assert {extension: each.activity for extension, each in doing_of(inside).items()} == {
        "1001": Activity.TALKING,
        "1002": Activity.TALKING,
        "1003": Activity.BUSY,
    }


def test_a_mobile_that_has_the_caller_is_had_by_no_operator() -> None:
    mobile = Party(PartyKind.MOBILE, "13900000001", "李四")
    outside = replace(TALK, talks=(Talk(mobile, MONDAY_TEN, None), after(20)))
    assert not has_caller(outside, "13900000001") and barges_in(outside, "1003")
    assert colleague_of(outside, "1003") == "" and share_of(outside, "1003") == Share(Mine.BARGED_IN, "李四")


def test_the_talk_so_far_is_counted_once_whoever_barged_in() -> None:
    now = MONDAY_TEN + timedelta(seconds=70)
    for call in (TALK, BARGED, GONE_AGAIN):
        assert talk_so_far(call, now) == 60.0
