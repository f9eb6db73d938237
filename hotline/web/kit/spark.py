"""A small line of a few values, drawn as SVG with attributes alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, _EDGE = 96, 24, 3


@dataclass(frozen=True)
class Line:
    """`points`: of the line; `last`: where its newest value stands."""

    points: str
    last: tuple[float, float]


def line_of(values: Sequence[float | None], lowest: float, highest: float) -> Line | None:
    """None where fewer than two have a value; the line goes on over those without."""
    placed = [
        (_across(at, len(values)), height_of(value, lowest, highest))
        for at, value in enumerate(values)
        if value is not None
    ]
    if len(placed) < 2:
        return None
    return Line(" ".join(f"{x:g},{y:g}" for x, y in placed), placed[-1])


def height_of(value: float, lowest: float, highest: float) -> float:
    """In the middle where all values are the same."""
    share = (value - lowest) / (highest - lowest) if highest > lowest else 0.5
    return round(HEIGHT - _EDGE - share * (HEIGHT - 2 * _EDGE), 1)


def _across(at: int, count: int) -> float:
    return round(_EDGE + at * (WIDTH - 2 * _EDGE) / max(count - 1, 1), 1)
