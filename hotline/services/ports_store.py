"""What the services need of the recordings' store: the files, and the rows of those that are kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol

from hotline.domain.recording_chain import ChainEnd
from hotline.domain.records import RecordingEntry


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of the store: `path` below it, with "/" between its parts."""

    path: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file of the store opened for reading; `file` can be sought in."""

    file: BinaryIO
    size_bytes: int


class RecordingFiles(Protocol):
    """Where recordings lie: a folder of this machine, or an S3-compatible store. Each raises StoreUnavailable when the
    store does not answer, refuses or has no room; reading raises FileNotFoundError for what is not there, or whose path
    leads out of the store."""

    def put(self, source: Path, path: str) -> None:
        """Keep a copy of `source`, proven by reading it back; whole or not at all, in place of what stood there."""

    def open(self, path: str) -> AbstractContextManager[OpenFile]:
        """For reading, closed at the end. What is read later raises OSError or StoreUnavailable too."""

    def remove(self, path: str) -> bool:
        """False when it was not there."""

    def walk(self, folder: str = "") -> Iterator[StoredFile]:
        """All files below `folder` by path; none of those being written."""

    def holds(self, folder: Path) -> bool:
        """Whether new files of the store lie in this very folder."""

    def sweep(self, before: datetime) -> int:
        """Remove what was begun before then and never finished; how many there were."""


class KeptRecordings(Protocol):
    """The rows of recordings that are kept, or are to be."""

    def to_keep(self, node: str, now: datetime) -> RecordingEntry | None:
        """The node's newest that was taken in, is not kept and may be tried now."""

    def waiting(self, node: str) -> int:
        """How many of the node's recordings were taken in and are not kept."""

    def not_kept(self, node: str, after_id: int, limit: int) -> list[RecordingEntry]:
        """Those of `waiting` beyond this id, by id."""

    def end_of_chain(self, day: str) -> ChainEnd:
        """Where that day's chain ends; until the end of the transaction nobody else can add to it."""

    def chained(self, since_day: str, until_day: str, after: tuple[str, int], limit: int) -> list[RecordingEntry]:
        """Entries of the chains of [since_day, until_day) beyond (day, number) `after`, in their order."""

    def count(self, since_day: str, until_day: str) -> int:
        """How many entries the chains of [since_day, until_day) have."""

    def started_within(self, since: datetime, until: datetime) -> list[RecordingEntry]:
        """All recordings, whatever their state, that began in [since, until), by begin."""
