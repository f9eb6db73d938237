"""Bars of a report, as SVG that the server draws: it prints as it is seen, and needs no script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """In percent of the chart's width and height, from its upper left corner."""

    x: float
    y: float
    width: float
    height: float
    label: str
    value: int


def columns(values: Sequence[tuple[str, int]], gap: float = 0.25) -> list[Bar]:
    """Upright bars beside each other, the highest of which reaches the top; `gap`: the part of its place that each
    leaves free."""
    if not values:
        return []
    most = max(1, *(value for _label, value in values))
    place = 100 / len(values)
    return [
        Bar(
            round(at * place + place * gap / 2, 3),
            round(100 - 100 * value / most, 3),
            round(place * (1 - gap), 3),
            round(100 * value / most, 3),
            label,
            value,
        )
        for at, (label, value) in enumerate(values)
    ]


def parts(values: Sequence[tuple[str, int]]) -> list[Bar]:
    """One lying bar, parted by these values; none of nothing."""
    total = sum(value for _label, value in values)
    found, x = [], 0.0
    for label, value in values:
        width = 100 * value / total if total else 0.0
        if value:
            found.append(Bar(round(x, 3), 0, round(width, 3), 100, label, value))
        x += width
    return found
