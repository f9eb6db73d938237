"""Files on their way in: written aside block by block, never held whole in memory, and gone again whatever happens."""

from __future__ import annotations

import hashlib
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import filetype

from hotline.domain.attachments.types import endings
from hotline.domain.errors import Refused
from hotline.settings import Home
from hotline.settings.attachments import AttachmentSettings

_BLOCK = 1 << 20

#: So much of its beginning tells a file's type.
_HEAD = 8192


@dataclass(frozen=True, slots=True)
class Staged:
    """A file that may be kept."""

    file: Path
    type: str
    size_bytes: int
    sha256: str


def staging_folder(home: Home) -> Path:
    """Where files lie while they are sent: on a disk, which /tmp need not be."""
    folder = home.root / "cache" / "uploads"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


@contextmanager
def staged(home: Home, settings: AttachmentSettings, stream: BinaryIO) -> Iterator[Staged]:
    """Raises Refused for one that is empty, too large, of no type that is allowed, or for which there is no room."""
    folder = staging_folder(home)
    _require_room(folder, settings)
    part = folder / uuid.uuid4().hex
    try:
        yield _written(part, settings, stream)
    finally:
        part.unlink(missing_ok=True)


def _written(part: Path, settings: AttachmentSettings, stream: BinaryIO) -> Staged:
    head, size, hashed = b"", 0, hashlib.sha256()
    with part.open("xb") as file:
        while block := stream.read(_BLOCK):
            head = head or block[:_HEAD]
            size += len(block)
            if size > settings.most_bytes:
                raise Refused("attachments.too_large", megabytes=settings.megabytes)
            hashed.update(block)
            file.write(block)
    if not size:
        raise Refused("attachments.empty")
    return Staged(part, type_of(head, settings), size, hashed.hexdigest())


def type_of(head: bytes, settings: AttachmentSettings) -> str:
    """By how the file begins, never by its name. Raises Refused."""
    found = filetype.guess_mime(head)
    if found not in settings.types:
        raise Refused("attachments.type", allowed=endings(settings.types))
    return str(found)


def _require_room(folder: Path, settings: AttachmentSettings) -> None:
    """Calls come first: their recordings need the disk too."""
    if shutil.disk_usage(folder).free < (settings.min_free_megabytes << 20) + settings.most_bytes:
        raise Refused("attachments.no_room")


def sweep_staging(home: Home, before: datetime) -> int:
    """Remove what a process that was killed has left; how many there were."""
    left = [each for each in staging_folder(home).iterdir() if each.stat().st_mtime < before.timestamp()]
    for each in left:
        each.unlink(missing_ok=True)
    return len(left)
