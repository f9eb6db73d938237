"""Speech for calls: espeak-ng's Mandarin, said at known seconds, for the small model that knows its voices."""

from __future__ import annotations

import importlib.util
import io
import itertools
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from pydub import AudioSegment

from tests.support.tones import RATE, Samples
from tests.support.vosk_tiny import FOLDER

#: Reads pinyin with tone digits as Mandarin.
_VOICE = "cmn-latn-pinyin"
_DBFS = -18.0


@dataclass(frozen=True)
class Utterance:
    """`words`: of the model's vocabulary, divided by blanks, said from that second on. `pace`: espeak's words a
    minute."""

    at: float
    words: str
    pace: int = 130


@dataclass(frozen=True)
class Spoken:
    """What one side says: its sound, and from–to second of each utterance in it."""

    samples: Samples
    spans: tuple[tuple[float, float], ...]


def speak(utterances: Sequence[Utterance], voice: str) -> Spoken:
    """One side of a talk; `voice`: a variant of espeak-ng's (f3, m5)."""
    said = [(round(each.at * RATE), _say(each, voice)) for each in utterances]
    for (one, sound), (other, _next) in itertools.pairwise(said):
        assert one + len(sound) <= other, "an utterance begins before the one before it is over"
    last, sound = said[-1]
    samples = np.zeros(last + len(sound) + RATE // 2, np.int16)
    for start, part in said:
        samples[start : start + len(part)] = part
    return Spoken(samples, tuple((start / RATE, (start + len(part)) / RATE) for start, part in said))


def _say(utterance: Utterance, voice: str) -> Samples:
    argv = ["espeak-ng", "-v", f"{_VOICE}+{voice}", "-s", str(utterance.pace), "--stdout", pinyin(utterance.words)]
    spoken = subprocess.run(argv, capture_output=True, check=True).stdout
    sound = AudioSegment.from_wav(io.BytesIO(spoken)).set_channels(1).set_frame_rate(RATE)
    sound = sound.apply_gain(_DBFS - sound.dBFS)
    samples = np.frombuffer(sound.raw_data, "<i2").astype(np.int16)
    loud = np.flatnonzero(np.abs(samples) > 200)
    return samples[loud[0] : loud[-1] + 1]


def pinyin(words: str) -> str:
    """As espeak-ng reads it. Raises KeyError with the word that the small model does not know."""
    return " ".join(syllable for word in words.split() for syllable in _lexicon()[word])


@cache
def _lexicon() -> dict[str, list[str]]:
    spec = importlib.util.spec_from_file_location("vosk_tiny_corpus", Path(FOLDER) / "corpus.py")
    assert spec is not None and spec.loader is not None
    corpus = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(corpus)
    return corpus.lexicon()
