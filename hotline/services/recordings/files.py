"""The files of the recordings' store; recordings.files and recordings.s3 fulfil it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol


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

    def lies_beside(self, folder: Path, path: str) -> bool:
        """Whether the file lies somewhere else than in this folder too."""

    def sweep(self, before: datetime) -> int:
        """Remove what was begun before then and never finished; how many there were."""
