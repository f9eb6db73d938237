"""Measures a recording's sound: levels, silence, pitch, gaps. No I/O.

Levels are in dBFS: 0 is a full-scale sine, FLOOR digital silence.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotline.domain.quality import Levels
from recordings.sound import RATE, Samples

FLOOR = -120.0
#: A second below this holds no speech: A-law's own noise is near −70, a quiet speaker above −45.
SILENT_DBFS = -50.0
#: Zeros on both channels for less than this happen by themselves (lost packets at the start of a leg).
SHORTEST_GAP = 0.2

_SINE_RMS = 32767 / np.sqrt(2)


@dataclass(frozen=True, slots=True)
class ChannelMeasure:
    """`rms_dbfs` over the whole, `peak_dbfs` of the loudest sample; `silent`: no second holds speech."""

    rms_dbfs: float
    peak_dbfs: float
    silent: bool
    silent_seconds: int


@dataclass(frozen=True, slots=True)
class Gap:
    """[`start`, `end`) in seconds from the recording's begin."""

    start: float
    end: float

    @property
    def seconds(self) -> float:
        return self.end - self.start


def seconds(samples: Samples) -> float:
    return round(len(samples) / RATE, 3)


def channels(samples: Samples) -> tuple[ChannelMeasure, ...]:
    """One a channel, left first."""
    return tuple(_channel(samples[:, index]) for index in range(samples.shape[1]))


def digital_silence(samples: Samples) -> tuple[Gap, ...]:
    """Where every channel is exactly zero: what a paused recording holds, and a telephone line rarely."""
    zero = np.concatenate([[False], ~samples.any(axis=1), [False]])
    edges = np.flatnonzero(zero[1:] != zero[:-1]) / RATE
    spans = (Gap(float(start), float(end)) for start, end in edges.reshape(-1, 2))
    return tuple(gap for gap in spans if gap.seconds >= SHORTEST_GAP)


def dominant_by_second(samples: Samples, channel: int) -> tuple[float | None, ...]:
    """The strongest frequency of each whole second, in Hz; None where it is silent."""
    return tuple(_dominant(block) for block in _blocks(samples[:, channel]))


def loudness(samples: Samples, step: float = 0.1) -> Levels:
    """How loud each side is, `step` seconds by `step` seconds; a mono recording is the caller's alone."""
    length = round(RATE * step)
    whole = len(samples) // length * length
    sides = (np.ascontiguousarray(side).reshape(-1, length) for side in samples[:whole].T)
    # Squares are summed without a copy of the recording as numbers of eight bytes: an hour's would be a gigabyte.
    powers = [np.einsum("bt,bt->b", side, side, dtype=np.float64) / length for side in sides]
    rms = np.sqrt(np.stack(powers, axis=1)) / _SINE_RMS
    levels = np.round(20 * np.log10(np.maximum(rms, 10 ** (FLOOR / 20))), 1)
    ours = levels[:, 1] if samples.shape[1] > 1 else np.full(len(levels), FLOOR)
    return Levels(step, levels[:, 0].tolist(), ours.tolist())


def _channel(one: NDArray[np.int16]) -> ChannelMeasure:
    powers = [float(np.mean(block.astype(np.float64) ** 2)) for block in _blocks(one, last=True)]
    levels = [_dbfs(np.sqrt(power) / _SINE_RMS) for power in powers]
    weights = [min(RATE, len(one) - index * RATE) for index in range(len(powers))]
    rms = np.sqrt(np.average(powers, weights=weights)) if powers else 0.0
    peak = max(abs(int(one.max())), abs(int(one.min()))) if len(one) else 0
    silent = sum(level < SILENT_DBFS for level in levels)
    return ChannelMeasure(_dbfs(rms / _SINE_RMS), _dbfs(peak / 32767), silent == len(levels), silent)


def _blocks(one: NDArray[np.int16], last: bool = False) -> list[NDArray[np.int16]]:
    """Second by second; with the rest of less than a second if `last`."""
    end = len(one) if last else len(one) // RATE * RATE
    return [one[start : min(start + RATE, end)] for start in range(0, end, RATE)]


def _dominant(block: NDArray[np.int16]) -> float | None:
    centred = block.astype(np.float64) - block.mean()
    if _dbfs(np.sqrt(np.mean(centred**2)) / _SINE_RMS) < SILENT_DBFS:
        return None
    return float(np.abs(np.fft.rfft(centred * np.hanning(block.size))).argmax() * RATE / block.size)


def _dbfs(ratio: float) -> float:
    return round(max(20 * float(np.log10(ratio)), FLOOR), 1) if ratio > 0 else FLOOR
