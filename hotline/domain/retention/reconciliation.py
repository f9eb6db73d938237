"""The daily reconciliation of ledger, files and store: what is counted, what differs, and when the disk will be full.
Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from hotline.domain.calendar import local_day
from hotline.domain.reasons import Reason, because

#: So many findings of a kind are kept by name; all are counted.
NAMED = 200
#: The trend looks back so far, and says nothing of fewer days.
TREND_DAYS = 60
TREND_LEAST = 3


class Difference(StrEnum):
    NO_RECORDING = "no_recording"  # a call on which somebody talked, and nothing was recorded
    NO_CALL = "no_call"  # a recording of a call that is not in the ledger
    NO_FILE = "no_file"  # an entry whose file is not in the store
    NO_ENTRY = "no_entry"  # a file that no entry knows
    CHANGED = "changed"  # a file that is not what was kept
    NOT_KEPT = "not_kept"  # taken in, and for too long not in its final form


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """One difference. `what`: a path of the store, or node/linkedid; `detail` says more."""

    kind: Difference
    what: str
    detail: Reason | None = None
    call_id: int | None = None
    recording_id: int | None = None


@dataclass(frozen=True, slots=True)
class Rotation:
    """How far the reading of the whole store has come: up to recording `read_to`, in the round begun on `begun`."""

    read_to: int = 0
    begun: date = date.min


@dataclass(frozen=True, slots=True)
class StoreCheck:
    """One reconciliation. `counts`: all of each kind of difference; `found`: those that are kept by name.

    `entries` and `files` of the store with their `stored_bytes`; `read` of them this time; `free_bytes` and
    `total_bytes` of this machine's disk.
    """

    at: datetime
    node: str
    counts: Mapping[Difference, int] = field(hash=False)
    found: tuple[Discrepancy, ...]
    entries: int
    files: int
    read: int
    stored_bytes: int
    free_bytes: int
    total_bytes: int
    rotation: Rotation = Rotation()
    id: int | None = None

    @property
    def differences(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Trend:
    """Of the disk: what it gains in use a day, and the day it will be full; None when it does not fill."""

    bytes_a_day: float
    full_on: date | None


def kinds_found(check: StoreCheck) -> tuple[Reason, ...]:
    """How many there are of each kind of difference."""
    return tuple(_OF_KIND[kind](count) for kind, count in check.counts.items() if count)


_OF_KIND: Mapping[Difference, Callable[[int], Reason]] = {
    Difference.NO_RECORDING: lambda count: because("retention.calls_unrecorded", count=count),
    Difference.NO_CALL: lambda count: because("retention.recordings_without_call", count=count),
    Difference.NO_FILE: lambda count: because("retention.files_missing", count=count),
    Difference.NO_ENTRY: lambda count: because("retention.files_unknown", count=count),
    Difference.CHANGED: lambda count: because("retention.files_changed", count=count),
    Difference.NOT_KEPT: lambda count: because("retention.recordings_not_final", count=count),
}


def share(left: int, whole_days: int, days_gone: int) -> int:
    """How many of the entries left in this round are read today, so that it ends within `whole_days`."""
    return -(-left // max(1, whole_days - days_gone))


def trend(checks: Sequence[StoreCheck], today: date) -> Trend | None:
    """By least squares over the last check of each day. None while too little is known."""
    days = {local_day(check.at): check for check in sorted(checks, key=lambda check: check.at)}
    points = [
        ((day - today).days, check.free_bytes)
        for day, check in days.items()
        if day > today - timedelta(days=TREND_DAYS)
    ]
    if len(points) < TREND_LEAST:
        return None
    middle_x = sum(x for x, _ in points) / len(points)
    middle_y = sum(y for _, y in points) / len(points)
    slope = sum((x - middle_x) * (y - middle_y) for x, y in points) / sum((x - middle_x) ** 2 for x, _ in points)
    latest = max(points)[1]
    if slope >= 0:
        return Trend(-slope, None)
    days_left = latest / -slope
    return Trend(-slope, today + timedelta(days=int(days_left)) if days_left < 36_500 else None)
