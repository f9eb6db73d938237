"""A small line of the weeks' rates, drawn as SVG with attributes alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext

from hotline.domain.compliance.counts import WeekCount
from hotline.domain.rules.limits import Limits

WIDTH, HEIGHT, _EDGE = 96, 24, 3


@dataclass(frozen=True)
class Spark:
    """`points`: of the line; `red`: the height of the red limit, None where it lies outside; `last`: the newest rate.
    `words`: the same for those who do not see it."""

    points: str
    last: tuple[float, float]
    red: float | None
    words: str


def spark(weeks: Sequence[WeekCount], limits: Limits) -> Spark | None:
    """None where fewer than two weeks have a rate."""
    rates = [(at, 100 * each.count.kept / each.count.applied) for at, each in enumerate(weeks) if each.count.applied]
    if len(rates) < 2:
        return None
    lowest = min(90.0, *(rate for _at, rate in rates))

    def place(at: int, rate: float) -> tuple[float, float]:
        across = _EDGE + at * (WIDTH - 2 * _EDGE) / max(len(weeks) - 1, 1)
        return round(across, 1), round(_height(rate, lowest), 1)

    placed = [place(at, rate) for at, rate in rates]
    told = "; ".join(
        gettext("week of %(monday)s: %(rate)s %%", monday=each.monday, rate=f"{each.count.rate:g}")
        for each in weeks
        if each.count.applied
    )
    return Spark(
        " ".join(f"{x:g},{y:g}" for x, y in placed),
        placed[-1],
        round(_height(limits.red, lowest), 1) if limits.red >= lowest else None,
        told,
    )


def _height(rate: float, lowest: float) -> float:
    return HEIGHT - _EDGE - (rate - lowest) / (100 - lowest) * (HEIGHT - 2 * _EDGE)
