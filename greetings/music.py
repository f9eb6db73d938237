"""Music on hold: a slow piece of our own, soft and broken chords, synthesised: no licence is needed."""

from __future__ import annotations

import numpy as np

from greetings.audio import RATE, Samples, levelled

#: Changes when the piece does: built files know which one they hold.
VERSION = "1"
MUSIC_LEVEL = -25.0
BAR_SECONDS = 3.75
#: MIDI notes of each bar, the bass first.
BARS = (
    (48, 60, 64, 67),
    (45, 57, 60, 64),
    (41, 57, 60, 65),
    (43, 55, 59, 62),
    (48, 60, 64, 67),
    (52, 59, 64, 67),
    (41, 57, 60, 65),
    (43, 59, 62, 65),
    (45, 57, 60, 64),
    (52, 59, 64, 67),
    (41, 57, 60, 64),
    (48, 55, 60, 64),
    (50, 57, 62, 65),
    (43, 55, 59, 62),
    (48, 60, 64, 67),
    (43, 55, 62, 65),
)
#: Which of the upper notes the broken chord plays on each eighth, and how many octaves above.
FIGURE = ((1, 0), (2, 0), (3, 0), (1, 1), (3, 0), (2, 0), (1, 1), (3, 0))


def hold_music() -> Samples:
    """One minute that runs round: what sounds on at its end lies over its start, so the seam has no click."""
    bar = int(RATE * BAR_SECONDS)
    length = bar * len(BARS)
    sound = np.zeros(length)
    for number, notes in enumerate(BARS):
        for note in notes:
            _add(sound, number * bar, _pad(note, BAR_SECONDS * 1.2) * 0.16)
        for step, (index, octaves) in enumerate(FIGURE):
            start = number * bar + step * bar // len(FIGURE)
            _add(sound, start, _pluck(notes[index] + 12 * octaves) * 0.3)
    return levelled(sound * 1000, MUSIC_LEVEL)


def _add(sound: Samples, start: int, tone: Samples) -> None:
    """Lay `tone` into the round."""
    places = (start + np.arange(len(tone))) % len(sound)
    sound[places] += tone


def _hertz(note: int) -> float:
    return 440.0 * 2 ** ((note - 69) / 12)


def _partials(note: int, moments: Samples, strengths: tuple[float, ...]) -> Samples:
    """Harmonics below what a telephone carries."""
    base = _hertz(note)
    kept = [(n, s) for n, s in enumerate(strengths, 1) if base * n < 3300]
    return sum((s * np.sin(2 * np.pi * base * n * moments) for n, s in kept), np.zeros(len(moments)))


def _pad(note: int, seconds: float) -> Samples:
    moments = np.arange(int(RATE * seconds)) / RATE
    swell = np.sin(np.pi * moments / seconds) ** 0.8
    return _partials(note, moments, (1.0, 0.35, 0.12)) * swell


def _pluck(note: int, seconds: float = 1.6) -> Samples:
    moments = np.arange(int(RATE * seconds)) / RATE
    attack = np.clip(moments / 0.015, 0, 1)
    release = np.clip((seconds - moments) / 0.1, 0, 1)
    return _partials(note, moments, (1.0, 0.25, 0.15, 0.05)) * attack * release * np.exp(-moments * 2.6)
