from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.reasons import because
from recordings import gaps
from recordings.measure import Gap
from tests.support.rows import MORNING, a_pause


def test_pauses_lie_where_the_ledger_marks_them_within_the_recording() -> None:
    pauses = [a_pause(MORNING, -3, 2), a_pause(MORNING, 5.25, 9), a_pause(MORNING, 18, None), a_pause(MORNING, 30, 40)]
    assert gaps.marked(pauses, MORNING, 20.0) == (Gap(0.0, 2.0), Gap(5.25, 9.0), Gap(18.0, 20.0))


def test_a_pause_is_verified_by_silence_that_is_a_little_shifted_and_shorter() -> None:
    (gap,) = gaps.verify([Gap(10.0, 20.0)], [Gap(1.0, 2.0), Gap(10.8, 20.3)])
    assert gap == gaps.PauseGap(10.8, 20.3, True)
    assert gaps.problem([gap]) is None


@pytest.mark.parametrize(
    "silences", [[], [Gap(10.0, 15.0)], [Gap(14.0, 24.0)], [Gap(0.0, 8.0)], [Gap(10.0, 14.9), Gap(15.0, 20.0)]]
)
def test_g2_a_pause_in_which_sound_stands_is_a_problem(silences: list[Gap]) -> None:
    (gap,) = gaps.verify([Gap(10.0, 20.0)], silences)
    assert not gap.silent
    assert gaps.problem([gap]) == because("recordings.sound_in_pause", places=("10.0–20.0 s",))


@given(
    st.floats(0, 100),
    st.floats(0.1, 60),
    st.floats(-gaps.SHIFT_SECONDS, gaps.SHIFT_SECONDS),
    st.floats(0, gaps.SHORTER_SECONDS / 2),
)
def test_any_allowed_shift_is_allowed(start: float, length: float, shift: float, less: float) -> None:
    begin = max(start + shift, 0)
    silence = Gap(begin, begin + max(length - less, length / 2) + 0.01)
    assert gaps.verify([Gap(start, start + length)], [silence])[0].silent
