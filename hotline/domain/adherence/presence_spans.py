"""From when to when an operator was what, made of the changes of their state. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import groupby

from hotline.domain.operators.presence import ShownState, StateChange


class Spent(StrEnum):
    """WORKING: ready, or with a call, or writing it up. PAUSED: signed in, and offered no call. AWAY: not signed in."""

    WORKING = "working"
    PAUSED = "paused"
    AWAY = "away"


_SPENT = {ShownState.OFFLINE: Spent.AWAY, ShownState.PAUSED: Spent.PAUSED}


@dataclass(frozen=True, slots=True)
class PresenceSpan:
    """[`starts_at`, `ends_at`)."""

    extension: str
    spent: Spent
    starts_at: datetime
    ends_at: datetime

    def within(self, since: datetime, until: datetime) -> timedelta:
        return max(min(self.ends_at, until) - max(self.starts_at, since), timedelta())


def spans_of(changes: Iterable[StateChange], since: datetime, until: datetime) -> Iterator[PresenceSpan]:
    """By extension, the oldest first. `changes`: all of that time, and of each operator the last one before it; before
    the first that is known they were away."""
    in_order = sorted(changes, key=lambda change: (change.extension, change.at, change.id or 0))
    for extension, own in groupby(in_order, key=lambda change: change.extension):
        states = list(own)
        ends = [change.at for change in states[1:]] + [until]
        for change, end in zip(states, ends, strict=True):
            start, end = max(change.at, since), min(end, until)
            if start < end:
                yield PresenceSpan(extension, _SPENT.get(change.state, Spent.WORKING), start, end)


def seconds_spent(spans: Sequence[PresenceSpan], since: datetime, until: datetime) -> dict[Spent, float]:
    """In [since, until); what no span covers was spent away."""
    found = dict.fromkeys(Spent, 0.0)
    for span in spans:
        found[span.spent] += span.within(since, until).total_seconds()
    found[Spent.AWAY] = max((until - since).total_seconds() - found[Spent.WORKING] - found[Spent.PAUSED], 0.0)
    return found


def first_there(spans: Iterable[PresenceSpan], since: datetime, until: datetime) -> datetime | None:
    """When they were first signed in within this time."""
    there = (
        max(span.starts_at, since)
        for span in spans
        if span.spent is not Spent.AWAY and span.within(since, until) > timedelta()
    )
    return min(there, default=None)
