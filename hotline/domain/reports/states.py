"""How long operators were in which state, so that the states add up to the signed-in time exactly. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from hotline.domain.operators.presence import ShownState, StateChange

_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class StateSpan:
    """[`starts_at`, `ends_at`), signed in. `reason`: of a pause."""

    extension: str
    state: ShownState
    reason: str
    starts_at: datetime
    ends_at: datetime

    @property
    def microseconds(self) -> int:
        return (self.ends_at - self.starts_at) // _MICROSECOND


def state_spans(changes: Iterable[StateChange], since: datetime, until: datetime) -> Iterator[StateSpan]:
    """In [since, until), by extension, the oldest first: without gaps from a sign-in to the next sign-out. `changes`:
    all of that time, and of each operator the last one before it; before the first that is known they were out."""
    in_order = sorted(changes, key=lambda change: (change.extension, change.at, change.id or 0))
    for extension, own in groupby(in_order, key=lambda change: change.extension):
        states = list(own)
        ends = [change.at for change in states[1:]] + [until]
        for change, end in zip(states, ends, strict=True):
            start, end = max(change.at, since), min(end, until)
            if start < end and change.state is not ShownState.OFFLINE:
                yield StateSpan(extension, change.state, change.reason, start, end)


def state_times(spans: Iterable[StateSpan]) -> Counter[tuple[str, str, str]]:
    """Microseconds by extension, state and reason."""
    found: Counter[tuple[str, str, str]] = Counter()
    for span in spans:
        reason = span.reason if span.state is ShownState.PAUSED else ""
        found[span.extension, span.state.value, reason] += span.microseconds
    return found


def signed_in(spans: Iterable[StateSpan]) -> Counter[str]:
    """Microseconds from each sign-in to the next sign-out, by extension."""
    found: Counter[str] = Counter()
    for extension, own in groupby(spans, key=lambda span: span.extension):
        begun = over = None
        for span in own:
            if over != span.starts_at:
                found[extension] += _length(begun, over)
                begun = span.starts_at
            over = span.ends_at
        found[extension] += _length(begun, over)
    return found


def most_at_once(spans: Iterable[tuple[datetime, datetime]]) -> int:
    """Of half-open spans: one that ends when another begins does not meet it."""
    edges = sorted(edge for start, end in spans if start < end for edge in ((start, 1), (end, -1)))  # ends come first
    most = now = 0
    for _moment, step in edges:
        now += step
        most = max(most, now)
    return most


def _length(start: datetime | None, end: datetime | None) -> int:
    return 0 if start is None or end is None else (end - start) // _MICROSECOND
