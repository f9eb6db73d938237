from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recordings import measure
from tests.support.tones import tone


def stereo(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    return np.stack([left, right], axis=1)


def test_levels_are_those_of_the_tones_played() -> None:
    left, right = measure.channels(stereo(tone(440, 3.0, dbfs=-10), tone(880, 3.0, dbfs=-30)))
    assert left.rms_dbfs == pytest.approx(-10, abs=0.1) and left.peak_dbfs == pytest.approx(-10, abs=0.1)
    assert not left.silent
    assert right.rms_dbfs == pytest.approx(-30, abs=0.1)


def test_a_line_without_speech_is_silent_though_not_digitally() -> None:
    noise = np.random.default_rng(1).integers(-8, 9, 16000).astype(np.int16)
    left, right = measure.channels(stereo(noise, tone(440, 2.0)))
    assert (left.silent, left.silent_seconds, right.silent, right.silent_seconds) == (True, 2, False, 0)
    assert measure.digital_silence(stereo(noise, noise)) == ()


def test_one_short_word_in_a_long_silence_is_not_silence() -> None:
    spoken = np.concatenate([tone(0, 20), tone(300, 0.5, dbfs=-20), tone(0, 20.3)])
    (only,) = measure.channels(spoken[:, np.newaxis])
    assert (only.silent, only.silent_seconds) == (False, 40)


def test_the_pitch_of_each_second() -> None:
    samples = stereo(np.concatenate([tone(440, 1), tone(0, 1), tone(1000, 1)]), tone(700, 3))
    assert measure.dominant_by_second(samples, 0) == (440.0, None, 1000.0)
    assert measure.dominant_by_second(samples, 1) == (700.0,) * 3


def test_nothing_recorded_measures_as_nothing() -> None:
    nothing = np.zeros((0, 2), np.int16)
    assert measure.seconds(nothing) == 0
    assert [c.silent for c in measure.channels(nothing)] == [True, True]
    assert measure.digital_silence(nothing) == ()


@pytest.mark.parametrize("value", [-32768, 32767])
def test_full_scale_does_not_overflow(value: int) -> None:
    (only,) = measure.channels(np.full((8000, 1), value, np.int16))
    assert only.peak_dbfs == pytest.approx(0, abs=0.1)


@given(st.lists(st.tuples(st.booleans(), st.integers(3, 30)), min_size=1, max_size=8))
def test_digital_silence_is_found_where_it_was_put(parts: list[tuple[bool, int]]) -> None:
    """Parts of tenths of seconds; neighbours of one kind run together."""
    sound = np.concatenate([np.full(n * 800, 0 if silent else 100, np.int16) for silent, n in parts])
    expected: list[tuple[int, int]] = []
    at = 0
    for silent, n in parts:
        if silent and expected and expected[-1][1] == at:
            expected[-1] = (expected[-1][0], at + n)
        elif silent:
            expected.append((at, at + n))
        at += n
    found = [(g.start, g.end) for g in measure.digital_silence(stereo(sound, sound))]
    assert found == [(start / 10, end / 10) for start, end in expected]


def test_sound_on_one_side_is_no_pause() -> None:
    assert measure.digital_silence(stereo(tone(0, 2), tone(440, 2))) == ()


def test_loudness_tenth_by_tenth_is_that_of_the_tones_and_silence_is_the_floor() -> None:
    left = np.concatenate([tone(440, 1.0, dbfs=-12), tone(0, 1.05)])
    found = measure.loudness(stereo(left, tone(0, 2.05)))
    assert (found.step, len(found.caller), len(found.ours)) == (0.1, 20, 20)
    assert found.caller[3] == pytest.approx(-12, abs=0.2)
    assert found.caller[15] == found.ours[3] == measure.FLOOR


def test_loudness_of_a_voicemail_is_the_callers() -> None:
    found = measure.loudness(tone(440, 0.5, dbfs=-12).reshape(-1, 1))
    assert found.caller[2] == pytest.approx(-12, abs=0.2) and set(found.ours) == {measure.FLOOR}
