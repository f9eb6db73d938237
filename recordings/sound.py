"""Reading what Asterisk wrote, and writing what is kept: 8 kHz, 16 bit, little endian PCM."""

from __future__ import annotations

import struct
import wave
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray
from pydub import AudioSegment

from hotline.domain.reasons import Coded

RATE = 8000
SAMPLE_BYTES = 2
PCM = 1  # WAVE_FORMAT_PCM (RFC 2361)

#: Samples of a recording, shape (length, channels).
Samples = NDArray[np.int16]

#: Written so many samples at a time: a minute, so that a long call does not stand in memory twice.
_CHUNK = RATE * 60


class UnreadableSound(Coded):
    """The file is not sound that we understand; the reason says why."""


def read_raw(path: Path) -> Samples:
    """MixMonitor's `D` file: two channels interleaved, the caller first, no header.

    A torn last sample (Asterisk killed while writing) is left out. Raises OSError.
    """
    frames = path.stat().st_size // (SAMPLE_BYTES * 2)
    return np.fromfile(path, "<i2", frames * 2).reshape(-1, 2)


def read_wav(path: Path) -> Samples:
    """As `parse_wav` does it. Raises Unreadable, OSError."""
    return parse_wav(path.read_bytes())


def parse_wav(content: bytes) -> Samples:
    """A 16-bit PCM WAV at 8 kHz; other rates are brought there.

    A header that says nothing or more than is there (killed −9, Asterisk leaves 0) is not believed:
    the sound goes to the end of the file. Raises Unreadable.
    """
    channels, rate, start, end = _layout(content)
    width = channels * SAMPLE_BYTES
    sound = content[start : start + (end - start) // width * width]
    if rate != RATE:
        segment = AudioSegment(sound, sample_width=SAMPLE_BYTES, frame_rate=rate, channels=channels)
        sound = segment.set_frame_rate(RATE).raw_data
    return np.frombuffer(sound, "<i2").reshape(-1, channels)


def write_wav(file: BinaryIO, samples: Samples) -> None:
    """`samples` as WAV; the same samples always give the same bytes."""
    with wave.open(file, "wb") as out:
        out.setnchannels(samples.shape[1])
        out.setsampwidth(SAMPLE_BYTES)
        out.setframerate(RATE)
        out.setnframes(len(samples))
        for start in range(0, len(samples), _CHUNK):
            out.writeframesraw(samples[start : start + _CHUNK].tobytes())


def _layout(content: bytes) -> tuple[int, int, int, int]:
    """(channels, rate, first byte of sound, first byte after it) of a RIFF/WAVE file."""
    if content[:4] != b"RIFF" or content[8:12] != b"WAVE":
        raise UnreadableSound("recordings.no_wav")
    form: tuple[int, int] | None = None
    at = 12
    while at + 8 <= len(content):
        name, size = content[at : at + 4], struct.unpack_from("<I", content, at + 4)[0]
        body = at + 8
        if name == b"fmt ":
            form = _format(content[body : body + size])
        elif name == b"data":
            if form is None:
                raise UnreadableSound("recordings.wav_without_format")
            told = body + size
            return *form, body, told if size and told <= len(content) else len(content)
        at = body + size + size % 2
    raise UnreadableSound("recordings.wav_without_sound")


def _format(chunk: bytes) -> tuple[int, int]:
    if len(chunk) < 16:
        raise UnreadableSound("recordings.wav_torn_format")
    kind, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", chunk)
    if kind != PCM or bits != SAMPLE_BYTES * 8 or channels not in (1, 2) or not rate:
        raise UnreadableSound("recordings.wav_of_kind", kind=kind, channels=channels, bits=bits)
    return channels, rate
