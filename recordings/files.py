"""The recordings' store in a folder of this machine: files whole or not there at all, and on the disk before they have
their name."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from hotline.domain.errors import StoreUnavailable
from hotline.services.recordings.files import OpenFile, StoredFile
from recordings.store import PARTS, sync_folder, written_aside


class FolderFiles:
    """Fulfils hotline.services.recordings.files.RecordingFiles."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, source: Path, path: str) -> None:
        target = self._root / inside(path)
        if target.exists() and target.samefile(source):
            return
        with written_aside(self._root, inside(path)) as part:
            _copy(source, part)
            if digest(part) != digest(source):
                raise StoreUnavailable("recordings.reads_back_wrong", file=path)

    @contextmanager
    def open(self, path: str) -> Iterator[OpenFile]:
        target = (self._root / inside(path)).resolve()
        if not target.is_relative_to(self._root.resolve()) or not target.is_file():
            raise FileNotFoundError(path)
        with target.open("rb") as file:
            yield OpenFile(file, os.fstat(file.fileno()).st_size)

    def remove(self, path: str) -> bool:
        target = self._root / inside(path)
        try:
            target.unlink()
            sync_folder(target.parent)
        except FileNotFoundError:
            return False
        except OSError as error:
            raise StoreUnavailable("recordings.not_removed", file=path, why=error.strerror or str(error)) from error
        return True

    def walk(self, folder: str = "") -> Iterator[StoredFile]:
        start = self._root / inside(folder) if folder else self._root
        for found in sorted(start.iterdir()) if start.is_dir() else ():
            path = found.relative_to(self._root).as_posix()
            if found.name.startswith("."):
                continue
            if found.is_dir() and not found.is_symlink():
                yield from self.walk(path)
            else:
                yield StoredFile(path, found.lstat().st_size)

    def lies_beside(self, folder: Path, path: str) -> bool:
        return folder != self._root and (self._root / inside(path)).is_file()

    def sweep(self, before: datetime) -> int:
        swept = 0
        for part in (self._root / PARTS).iterdir() if (self._root / PARTS).is_dir() else ():
            if part.is_file() and part.stat().st_mtime < before.timestamp():
                part.unlink(missing_ok=True)
                swept += 1
        return swept


def inside(path: str) -> str:
    """The path as it is. Raises FileNotFoundError for one that could lead out of the store, or to no file."""
    parts = PurePosixPath(path).parts
    if not parts or path.startswith("/") or ".." in parts or "\0" in path or parts[0].startswith("."):
        raise FileNotFoundError(path)
    return path


def digest(file: Path) -> str:
    """SHA-256, in hex. Raises OSError."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def digest_of(opened: BinaryIO) -> str:
    """SHA-256, in hex, of what is left to read."""
    hashed = hashlib.sha256()
    while block := opened.read(1 << 20):
        hashed.update(block)
    return hashed.hexdigest()


def _copy(source: Path, part: Path) -> None:
    with source.open("rb") as original, part.open("xb") as copy:
        shutil.copyfileobj(original, copy, 1 << 20)
        copy.flush()
        os.fsync(copy.fileno())
