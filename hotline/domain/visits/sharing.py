"""Whose turn it is to visit: evenly, and whoever works when the customer may be called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.interval import Interval


@dataclass(frozen=True, slots=True)
class Turn:
    """`call_at`: when they may make it first."""

    visitor: str
    call_at: datetime


def meeting(some: Sequence[Interval], others: Sequence[Interval]) -> list[Interval]:
    """What lies in one of both; each in order, without overlaps."""
    found, place = [], 0
    for one in some:
        while place < len(others) and others[place].ends_at <= one.starts_at:
            place += 1
        at = place
        while at < len(others) and others[at].starts_at < one.ends_at:
            starts, ends = max(one.starts_at, others[at].starts_at), min(one.ends_at, others[at].ends_at)
            found.append(Interval(starts, ends))
            at += 1
    return found


def first_within(spans: Sequence[Interval], since: datetime, before: datetime) -> datetime | None:
    """The first moment from `since` on, before `before`, that lies in one of these."""
    span = next((each for each in spans if each.ends_at > since), None)
    moment = max(span.starts_at, since) if span is not None else None
    return moment if moment is not None and moment < before else None


def whose_turn(
    free: Mapping[str, Sequence[Interval]],
    given: Mapping[str, int],
    barred: Set[str],
    since: datetime,
    before: datetime,
) -> Turn | None:
    """Of those who are not barred and may make it in time (`free`: when each of them may), whoever was given fewest
    lately; of several the first by name. None: nobody is left."""
    able = {name: at for name in free.keys() - barred if (at := first_within(free[name], since, before)) is not None}
    if not able:
        return None
    visitor = min(able, key=lambda name: (given.get(name, 0), name))
    return Turn(visitor, able[visitor])
