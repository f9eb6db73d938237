"""The outline of a recording, for drawing its waveform without loading the sound. Pure."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from recordings.sound import RATE, Samples

#: A pixel holds at least so many samples (20 ms), and a recording at most so many pixels.
LEAST_SAMPLES = RATE // 50
MOST_PIXELS = 8000
#: What full scale is in the file.
SCALE = 127


def peaks(samples: Samples) -> dict[str, Any]:
    """As JSON holds it. `channels`: the caller, then our side; of each pixel the lowest and the highest sample, one
    after the other, where ±`scale` is full scale. A pixel lasts `samples_per_pixel` / `rate` seconds."""
    width = max(LEAST_SAMPLES, -(-len(samples) // MOST_PIXELS))
    return {
        "version": 1,
        "seconds": round(len(samples) / RATE, 3),
        "rate": RATE,
        "samples_per_pixel": width,
        "scale": SCALE,
        "channels": [_channel(samples[:, index], width) for index in range(samples.shape[1])],
    }


def to_json(found: dict[str, object]) -> bytes:
    """Without blanks; the same peaks always give the same bytes."""
    return json.dumps(found, separators=(",", ":")).encode()


def path_of(recording_path: str) -> str:
    """Beside the recording."""
    return f"{recording_path.rsplit('.', 1)[0]}.peaks.json"


def _channel(one: Samples, width: int) -> list[int]:
    if not len(one):
        return []
    starts = np.arange(0, len(one), width)
    lowest, highest = np.minimum.reduceat(one, starts), np.maximum.reduceat(one, starts)
    both = np.stack([lowest, highest], axis=1).astype(np.float64).ravel() * SCALE / 32768
    levels: list[int] = np.rint(both).astype(int).tolist()
    return levels
