"""The store of finished recordings: one WAV each, under its Shanghai date; whole or not there at all."""

from __future__ import annotations

import hashlib
import os
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import numpy as np

from hotline.domain.errors import StoreUnavailable
from hotline.domain.recordings.recording import RecordingEntry
from hotline.domain.time import SHANGHAI
from recordings.sound import Samples, UnreadableSound, read_wav, write_wav

#: Folder of files being written, in the store itself so that a rename suffices; what a crash left there is swept
#: away.
PARTS = ".parts"


@dataclass(frozen=True, slots=True)
class Stored:
    size_bytes: int
    sha256: str


def relative_path(entry: RecordingEntry) -> str:
    """`YYYY/MM/DD/<node>-<linkedid>-<kind>.wav`; the same for the same entry, always.

    A further recording of that kind on one call carries what its source's name has beside the linkedid.
    """
    further = PurePosixPath(entry.source_file).stem.removeprefix(entry.linkedid).strip("-")
    parts = [entry.node, entry.linkedid, entry.kind, *([further] if further not in ("", entry.kind) else [])]
    name = "-".join(re.sub(r"[^A-Za-z0-9._-]", "_", part) for part in parts)
    return f"{entry.started_at.astimezone(SHANGHAI):%Y/%m/%d}/{name}.wav"


def save(samples: Samples, store_dir: Path, relative: str) -> Stored:
    """Write aside, make sure it is on the disk, then give it its name. Raises StoreUnavailable."""
    with written_aside(store_dir, relative) as part:
        _write(samples, part)
    return read_back(store_dir / relative, samples)


@contextmanager
def written_aside(store_dir: Path, relative: str) -> Iterator[Path]:
    """Where to write a file, so that it is on the disk before it gets its name: whole or not there at all. Raises
    StoreUnavailable."""
    target, part = store_dir / relative, store_dir / PARTS / uuid.uuid4().hex
    try:
        make_folder(target.parent)
        make_folder(part.parent)
        try:
            yield part
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
        sync_folder(target.parent)
    except OSError as error:
        raise StoreUnavailable("recordings.not_stored", why=error.strerror or str(error)) from error


def read_back(target: Path, samples: Samples) -> Stored:
    """What stands on the disk, which must be these samples. Raises StoreUnavailable when it is not."""
    try:
        if not np.array_equal(read_wav(target), samples):
            raise StoreUnavailable("recordings.reads_back_wrong", file=target.name)
        with target.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            return Stored(file.tell(), digest)
    except UnreadableSound as error:
        raise StoreUnavailable("recordings.not_read_back", file=target.name, why=error.reason) from error
    except OSError as error:
        raise StoreUnavailable("recordings.not_read_back", file=target.name, why=str(error)) from error


def abandoned_parts(store_dir: Path) -> list[Path]:
    """Files that are or were being written."""
    folder = store_dir / PARTS
    return list(folder.iterdir()) if folder.is_dir() else []


def _write(samples: Samples, part: Path) -> None:
    with part.open("xb") as file:
        write_wav(file, samples)
        file.flush()
        os.fsync(file.fileno())


def make_folder(folder: Path) -> None:
    """With those above it, each on the disk. Raises OSError."""
    if folder.is_dir():
        return  # as it is for nearly all
    missing = [f for f in (folder, *folder.parents) if not f.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for made in missing:
        sync_folder(made.parent)


def sync_folder(folder: Path) -> None:
    """A new name is on the disk only once its folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
