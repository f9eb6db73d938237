"""Legs of calls that are over are told from those of calls that last."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.calls.legs import TWO_LOOKS_APART, LeftOver, left_over, to_be_ended
from tests.support.rows import MORNING

LATER = MORNING + TWO_LOOKS_APART


def leg(name: str, uniqueid: str, linkedid: str) -> dict[str, str]:
    return {"Channel": name, "Uniqueid": uniqueid, "Linkedid": linkedid}


CALLER = leg("PJSIP/trunk-00000001", "n-1", "n-1")
ASKER = leg("PJSIP/1001-00000002", "n-2", "n-1")
ASKED = leg("PJSIP/1002-00000003", "n-3", "n-1")


def test_nothing_is_left_over_while_the_caller_is_there() -> None:
    assert left_over([CALLER, ASKER, ASKED], {}, MORNING) == {}


def test_whoever_still_talks_when_the_caller_has_gone_is_left_over() -> None:
    found = left_over([ASKER, ASKED, leg("PJSIP/1003-00000009", "n-9", "n-9")], {}, MORNING)
    assert found == {"n-1": LeftOver("n-1", (ASKER["Channel"], ASKED["Channel"]), MORNING)}


def test_one_look_ends_nothing() -> None:
    """Asterisk ends the legs of a call one by one."""
    once = left_over([ASKER], {}, MORNING)
    assert to_be_ended(once, MORNING) == []
    again = left_over([ASKER], once, LATER)
    assert [each.linkedid for each in to_be_ended(again, LATER)] == ["n-1"]


def test_what_was_gone_in_between_is_looked_at_anew() -> None:
    once = left_over([ASKER], {}, MORNING)
    gone = left_over([], once, LATER)
    assert gone == {} and to_be_ended(left_over([ASKER], gone, LATER + timedelta(seconds=9)), LATER) == []


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5))))
def test_a_call_whose_first_channel_lives_is_never_touched(ids: list[tuple[int, int]]) -> None:
    channels = [leg(f"PJSIP/{index}", str(unique), str(linked)) for index, (unique, linked) in enumerate(ids)]
    alive = {channel["Linkedid"] for channel in channels if channel["Uniqueid"] == channel["Linkedid"]}
    found = left_over(channels, {}, MORNING)
    assert not alive & found.keys()
    assert found.keys() | alive == {channel["Linkedid"] for channel in channels}
