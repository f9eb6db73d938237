"""Discs of the archive (E2): what is written on which, and what the register has of them. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from pathlib import PurePosixPath

from hotline.domain.reasons import Reason, Unfit
from hotline.domain.time import SHANGHAI


class Medium(StrEnum):
    CD = "cd"
    DVD = "dvd"
    BD = "bd"


#: Bytes that a blank disc takes at least, as their makers agree: sectors of 2,048 bytes.
CAPACITY = {Medium.CD: 359_847 * 2048, Medium.DVD: 2_295_104 * 2048, Medium.BD: 12_219_392 * 2048}

#: Joliet takes 64 characters a name; some are for what is appended.
_LONGEST_NAME = 56


@dataclass(frozen=True, slots=True)
class ToArchive:
    """A recording that may be written on a disc; `size_bytes` and `sha256` of its file at `path` in the store."""

    recording_id: int
    node: str
    linkedid: str
    kind: str
    started_at: datetime
    seconds: float
    path: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Disc:
    """An image in the register. [`since`, `until`]: begin of its first and its last recording. `file`: where it was
    written; `sha256` of the whole image."""

    label: str
    medium: Medium
    since: datetime
    until: datetime
    file: str
    size_bytes: int
    sha256: str
    encrypted: bool
    created_at: datetime
    created_by: str
    verified_at: datetime | None = None
    id: int | None = None
    recordings: int = 0


class WantedState(StrEnum):
    """How far discs that were asked for are."""

    WAITS = "waits"
    WRITING = "writing"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class WantedDiscs:
    """Somebody asks for discs, as many as needed, of all calls that began before `until` and are on none yet.
    `bytes_done` of `bytes_all` are written; `left_out`: recordings whose file is missing or not what was kept.
    `problem`: why it ended without being done."""

    until: datetime
    medium: Medium
    asked_by: str
    asked_at: datetime
    begun_at: datetime | None = None
    bytes_done: int = 0
    bytes_all: int = 0
    discs: int = 0
    left_out: int = 0
    problem: Reason | None = None
    finished_at: datetime | None = None
    id: int | None = None

    @property
    def state(self) -> WantedState:
        if self.finished_at:
            return WantedState.FAILED if self.problem else WantedState.DONE
        return WantedState.WRITING if self.begun_at else WantedState.WAITS

    @property
    def percent(self) -> int:
        return min(100, 100 * self.bytes_done // self.bytes_all) if self.bytes_all else 0


@dataclass(frozen=True, slots=True)
class DiscItem:
    """A recording on a disc: `path` there, `sha256` of the recording itself."""

    recording_id: int
    path: str
    sha256: str


def plan(found: Iterable[ToArchive], capacity: int, cost: Callable[[ToArchive], int]) -> Iterator[list[ToArchive]]:
    """What stands on each disc, in the order of `found`, where a call's recordings must follow each other: they are
    never parted. Each disc holds an unbroken time. Raises ValueError for a call that fits on no disc."""
    disc: list[ToArchive] = []
    used = 0
    for (_node, linkedid), together in groupby(found, key=lambda one: (one.node, one.linkedid)):
        call = list(together)
        needed = sum(map(cost, call))
        if needed > capacity:
            raise Unfit("retention.disc_too_small", linkedid=linkedid, needed=needed, capacity=capacity)
        if used + needed > capacity:
            yield disc
            disc, used = [], 0
        disc += call
        used += needed
    if disc:
        yield disc


def label_of(number: int, since: datetime) -> str:
    """Of at most 16 characters, as Joliet wants it: HL00017_20260311, the Shanghai day of the first recording."""
    return f"HL{number:05d}_{since.astimezone(SHANGHAI):%Y%m%d}"


def path_on_disc(one: ToArchive) -> str:
    """As in the store, below recordings/; a name that is too long for a disc becomes the recording's number."""
    stored = PurePosixPath(one.path)
    name = stored.name if len(stored.name) <= _LONGEST_NAME else f"recording-{one.recording_id}{stored.suffix}"
    return str(PurePosixPath("recordings") / stored.parent / name)
