"""Callers who ring again and again (A15): the guard against nuisance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from hotline.domain.numbers import Number


@dataclass(frozen=True, slots=True)
class Often:
    """So many calls of one number within so long are no ordinary caller's."""

    calls: int
    within: timedelta


@dataclass(frozen=True, slots=True)
class FrequentCaller:
    """`calls`: the most that fell into the time of `Often`; `last_at`: when the last of all came."""

    number: Number
    calls: int
    last_at: datetime


def frequent(calls: Mapping[Number, Iterable[datetime]], often: Often) -> list[FrequentCaller]:
    """Those of these numbers that called so often, who called last first."""
    found = []
    for number, moments in calls.items():
        at = sorted(moments)
        most = _most_within(at, often.within)
        if most >= often.calls:
            found.append(FrequentCaller(number, most, at[-1]))
    return sorted(found, key=lambda each: each.last_at, reverse=True)


def _most_within(at: list[datetime], within: timedelta) -> int:
    most = first = 0
    for last, moment in enumerate(at):
        while moment - at[first] > within:
            first += 1
        most = max(most, last - first + 1)
    return most
