"""The spread between examiners who scored the same call (calibration)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, pstdev

from hotline.domain.examination.score import Points


@dataclass(frozen=True, slots=True)
class Spread:
    """Of what the examiners gave; `examiners`: how many gave points at all."""

    examiners: int
    mean: float
    lowest: float
    highest: float
    deviation: float

    @property
    def range(self) -> float:
        return round(self.highest - self.lowest, 2)


def spread(values: Sequence[float]) -> Spread | None:
    """None where nobody gave anything."""
    if not values:
        return None
    return Spread(len(values), round(fmean(values), 2), min(values), max(values), round(pstdev(values), 2))


def spread_by_item(given: Mapping[str, Points]) -> dict[str, Spread]:
    """By item, over the examiners' points; items that nobody found to apply are left out."""
    items = sorted({item for points in given.values() for item in points})
    found = {item: spread([p for points in given.values() if (p := points.get(item)) is not None]) for item in items}
    return {item: each for item, each in found.items() if each is not None}
