"""A recording on its way to a disc, proven while it is read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from hotline.domain.errors import StoreUnavailable
from hotline.domain.retention.archive import ToArchive
from hotline.services.recordings.files import RecordingFiles

_BLOCK = 1 << 20


@dataclass(frozen=True)
class LeftOut:
    """A recording that was left out: what stands in the store is not what the ledger says."""

    recording: ToArchive
    problem: str


def proven(one: ToArchive, files: RecordingFiles, tell: Callable[[str], None]) -> Iterator[bytes]:
    """The recording's bytes, as many as the ledger says; `tell` hears it when they are not those that were kept."""
    digest, left, told = hashlib.sha256(), one.size_bytes, False
    try:
        with files.open(one.path) as opened:
            if opened.size_bytes != one.size_bytes:
                tell(f"{opened.size_bytes} bytes are in the store, {one.size_bytes} were kept")
                told = True
            while left and (block := opened.file.read(min(_BLOCK, left))):
                left -= len(block)
                digest.update(block)
                yield block
    except FileNotFoundError:
        tell("no file is in the store")
        told = True
    except StoreUnavailable:
        raise
    except OSError as error:
        tell(f"cannot be read: {error.strerror or error}")
        told = True
    if not told and digest.hexdigest() != one.sha256:
        tell("the file in the store is not the one that was kept (SHA-256)")
    yield bytes(left)
