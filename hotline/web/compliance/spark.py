"""A small line of the weeks' rates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext

from hotline.domain.compliance.counts import WeekCount
from hotline.domain.rules.limits import Limits
from hotline.web.kit.spark import height_of, line_of


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
    rates = [100 * each.count.kept / each.count.applied if each.count.applied else None for each in weeks]
    lowest = min([90.0, *(rate for rate in rates if rate is not None)])
    line = line_of(rates, lowest, 100)
    if line is None:
        return None
    told = "; ".join(
        gettext("week of %(monday)s: %(rate)s %%", monday=each.monday, rate=f"{each.count.rate:g}")
        for each in weeks
        if each.count.applied
    )
    red = height_of(limits.red, lowest, 100) if limits.red >= lowest else None
    return Spark(line.points, line.last, red, told)
