"""How many calls a carrier carried at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from hotline.domain.calendar import local_day
from hotline.domain.interval import Interval


def peaks_by_day(spans: Iterable[Interval]) -> dict[date, int]:
    """The most at once on each day on which one began, by the day. Who begins as another ends needs no second
    channel."""
    edges: list[tuple[datetime, int]] = []
    for span in spans:
        edges += [(span.starts_at, 1), (max(span.ends_at, span.starts_at), -1)]
    peaks: dict[date, int] = {}
    now = 0
    for moment, step in sorted(edges):
        now += step
        if step > 0:
            day = local_day(moment)
            peaks[day] = max(peaks.get(day, 0), now)
    return dict(sorted(peaks.items()))
