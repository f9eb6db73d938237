"""How long operators were paused on a day, and why. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from hotline.domain.operators.presence import ShownState, StateChange


@dataclass(frozen=True, slots=True)
class Pause:
    """`reason`: a key of [console.pause_reasons], or PAUSED_BY_SUPERVISOR. A call in its midst makes two of one."""

    extension: str
    reason: str
    started_at: datetime
    ended_at: datetime

    @property
    def seconds(self) -> float:
        return (self.ended_at - self.started_at).total_seconds()


def pauses_within(changes: Iterable[StateChange], since: datetime, until: datetime) -> Iterator[Pause]:
    """Those of [since, until), cut at its ends; by extension, oldest first. `changes`: all of that time, and of each
    operator the last one before it."""
    in_order = sorted(changes, key=lambda change: (change.extension, change.at, change.id or 0))
    for extension, own in groupby(in_order, key=lambda change: change.extension):
        states = list(own)
        ends = [change.at for change in states[1:]] + [until]
        for change, end in zip(states, ends, strict=True):
            start, end = max(change.at, since), min(end, until)
            if change.state is ShownState.PAUSED and start < end:
                yield Pause(extension, change.reason, start, end)
