"""The ears of the tests hear what is there and nothing else."""

from __future__ import annotations

import numpy as np

from tests.support.ears import decoded, strength, tones_in
from tests.support.tones import a_law, tone


def test_what_is_coded_comes_back() -> None:
    sound = tone(440, 0.5)
    assert np.abs(decoded(a_law(sound)).astype(int) - sound).max() < 600


def test_tones_are_told_apart_in_a_mixture() -> None:
    both = (tone(440, 1.0, -16) + tone(880, 1.0, -16)).astype(np.int16)
    assert tones_in(both, 440, 660, 880) == {440, 880}
    assert abs(strength(both, 440) + 16) < 1
    assert tones_in(np.zeros(8000, np.int16), 440) == set()
