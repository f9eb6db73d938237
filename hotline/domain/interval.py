"""A stretch of time, and what is left of one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Interval:
    """[`starts_at`, `ends_at`), aware UTC."""

    starts_at: datetime
    ends_at: datetime


def subtract(whole: Interval, parts: list[Interval]) -> list[Interval]:
    """What is left of `whole` without `parts` (any order, overlapping or not)."""
    left, cursor = [], whole.starts_at
    for part in sorted(parts, key=lambda p: p.starts_at):
        if part.starts_at > cursor:
            left.append(Interval(cursor, min(part.starts_at, whole.ends_at)))
        cursor = max(cursor, part.ends_at)
        if cursor >= whole.ends_at:
            return left
    return [*left, Interval(cursor, whole.ends_at)]


def length(spans: Iterable[Interval]) -> timedelta:
    """Of all together."""
    return sum((span.ends_at - span.starts_at for span in spans), timedelta())
