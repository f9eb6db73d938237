"""Who talks how much (figure 38)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.quality.material import JudgedTalk, Levels, Stretch
from hotline.domain.quality.speech_shares import shares_of_speech

_LOUD, _QUIET, _ABOVE, _STEP = -20.0, -70.0, -45.0, 0.5
_SIDE = st.lists(st.booleans(), min_size=20, max_size=20)


def talk(ours: list[bool], caller: list[bool], **more: object) -> JudgedTalk:
    levels = Levels(_STEP, *([_LOUD if each else _QUIET for each in side] for side in (caller, ours)))
    return JudgedTalk("1001", Stretch(0, 10), None, levels=levels, **more)  # type: ignore[arg-type]


def test_f1_each_side_both_and_nobody() -> None:
    ours = [True] * 8 + [False] * 12
    caller = [False] * 6 + [True] * 6 + [False] * 8
    found = shares_of_speech([talk(ours, caller)], _ABOVE)
    assert found is not None
    assert (found.heard, found.ours, found.caller, found.both, found.nobody) == (10, 4, 3, 1, 4)
    assert found.in_milliseconds == {"heard_ms": 10_000, "ours_ms": 4000, "caller_ms": 3000, "both_ms": 1000}


def test_a13_hold_and_pauses_are_left_out() -> None:
    found = shares_of_speech([talk([True] * 20, [False] * 20, holds=(Stretch(2, 4),), pauses=(Stretch(8, 9),))], _ABOVE)
    assert found is not None and (found.heard, found.ours, found.nobody) == (7, 7, 0)


def test_f1_without_sound_nobody_knows() -> None:
    assert shares_of_speech([JudgedTalk("1001", Stretch(0, 10), None)], _ABOVE) is None
    assert shares_of_speech([], _ABOVE) is None


@given(st.lists(st.tuples(_SIDE, _SIDE), min_size=1, max_size=3))
def test_f1_the_shares_add_up_to_the_talk(sides: list[tuple[list[bool], list[bool]]]) -> None:
    found = shares_of_speech([talk(*each) for each in sides], _ABOVE)
    assert found is not None
    assert abs(found.ours + found.caller - found.both + found.nobody - found.heard) < 1e-6
    assert min(found) >= 0 and found.nobody > -1e-6 and found.both <= min(found.ours, found.caller) + 1e-6
