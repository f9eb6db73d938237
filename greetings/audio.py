"""Sound as Asterisk wants it: 8 kHz mono 16 bit. Levels and silence by numpy, files and formats by pydub."""

from __future__ import annotations

import io
import shutil
import wave
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydub import AudioSegment
from pydub.exceptions import CouldntDecodeError

from greetings.errors import PromptError

RATE = 8000
FULL_SCALE = 32768.0
#: Loudness of speech, and the peak it may reach; dBFS.
SPEECH_LEVEL = -20.0
PEAK_LEVEL = -1.0
#: Quieter than this (20 ms frames, dBFS) at either end is cut off.
SILENCE_LEVEL = -45.0

Samples = NDArray[np.float64]


def resample(samples: Samples, rate: int) -> Samples:
    """`samples` at 8 kHz, with nothing folded back from above 4 kHz. For clips: it works on the whole."""
    if rate == RATE or not len(samples):
        return samples
    length = round(len(samples) * RATE / rate)
    spectrum = np.fft.rfft(samples)
    wanted = np.zeros(length // 2 + 1, complex)
    common = min(len(wanted), len(spectrum))
    wanted[:common] = spectrum[:common]
    return np.fft.irfft(wanted, length) * (length / len(samples))


def level(samples: Samples) -> float:
    """RMS in dBFS; -inf for silence."""
    power = float(np.mean(np.square(samples))) if len(samples) else 0.0
    return 10 * np.log10(power / FULL_SCALE**2) if power else float("-inf")


def trim(samples: Samples, keep_ms: int) -> Samples:
    """Without the silence at both ends, but `keep_ms` of it."""
    frame = RATE // 50
    loud = [i for i in range(0, len(samples), frame) if level(samples[i : i + frame]) > SILENCE_LEVEL]
    if not loud:
        return samples[:0]
    keep = RATE * keep_ms // 1000
    body = samples[max(0, loud[0] - keep) : loud[-1] + frame + keep]
    return np.concatenate([np.zeros(max(0, keep - loud[0])), body])


def levelled(samples: Samples, target: float = SPEECH_LEVEL) -> Samples:
    """At `target` dBFS, or as near as its peaks allow."""
    peak = float(np.max(np.abs(samples))) if len(samples) else 0.0
    if not peak:
        return samples
    gain = 10 ** ((target - level(samples)) / 20)
    ceiling = FULL_SCALE * 10 ** (PEAK_LEVEL / 20)
    return samples * min(gain, ceiling / peak)


def tones(pairs: Iterable[tuple[int, int]]) -> Samples:
    """Sine tones one after the other, (Hz, milliseconds), at -12 dBFS with soft edges; 0 Hz is silence."""
    parts = []
    for hertz, milliseconds in pairs:
        moments = np.arange(RATE * milliseconds // 1000) / RATE
        edge = np.clip(np.minimum(moments, moments[::-1]) / 0.005, 0, 1) if len(moments) else moments
        parts.append(np.sin(2 * np.pi * hertz * moments) * edge * FULL_SCALE * 10 ** (-12 / 20) * np.sqrt(2))
    return np.concatenate(parts) if parts else np.zeros(0)


def to_wav(samples: Samples) -> bytes:
    """A wave file of 8 kHz mono 16 bit."""
    data = np.clip(np.rint(samples), -FULL_SCALE, FULL_SCALE - 1).astype("<i2").tobytes()
    file = io.BytesIO()
    AudioSegment(data, sample_width=2, frame_rate=RATE, channels=1).export(file, format="wav")
    return file.getvalue()


def read_wav(data: bytes) -> tuple[Samples, int]:
    """First channel and rate of a 16-bit wave file."""
    with wave.open(io.BytesIO(data)) as file:
        channels, rate = file.getnchannels(), file.getframerate()
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(float)
    return samples[::channels], rate


def is_ready(file: Path) -> bool:
    """Whether this file is there and of the form that Asterisk plays."""
    try:
        with wave.open(str(file)) as sound:
            form = (sound.getframerate(), sound.getnchannels(), sound.getsampwidth())
            return form == (RATE, 1, 2) and sound.getnframes() > 0
    except (FileNotFoundError, wave.Error, EOFError):
        return False


def convert(file: Path) -> bytes:
    """A recording of any format as Asterisk wants it; its level is left as it was recorded.

    Raises PromptError naming the file when it holds no sound, or ffmpeg is needed and missing.
    """
    if is_ready(file):
        # Written anew without what else may stand in a wave file: Asterisk reads the plain form only.
        return to_wav(read_wav(file.read_bytes())[0])
    for program in ("ffmpeg", "ffprobe"):
        if shutil.which(program) is None:
            raise PromptError("prompts.needs_ffmpeg", file=str(file), program=program)
    try:
        # Not by name: pydub would believe the ending .wav and not ask ffmpeg.
        segment = AudioSegment.from_file(io.BytesIO(file.read_bytes()), parameters=["-ar", str(RATE), "-ac", "1"])
    except (CouldntDecodeError, IndexError, KeyError, OSError):
        raise PromptError("prompts.unreadable_sound", file=str(file)) from None
    segment = segment.set_channels(1).set_frame_rate(RATE).set_sample_width(2)
    if not len(segment):
        raise PromptError("prompts.no_sound", file=str(file))
    samples, rate = read_wav(segment.export(io.BytesIO(), format="wav").read())
    return to_wav(resample(samples, rate))


def seconds(file: Path) -> float:
    """Length of a wave file."""
    with wave.open(str(file)) as sound:
        length: float = sound.getnframes() / sound.getframerate()
        return length
