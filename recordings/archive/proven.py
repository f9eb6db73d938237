"""A recording on its way to a disc, proven while it is read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from hotline.domain.errors import StoreUnavailable
from hotline.domain.reasons import Reason, because
from hotline.domain.retention.archive import ToArchive
from hotline.services.recordings.files import RecordingFiles

_BLOCK = 1 << 20


@dataclass(frozen=True)
class LeftOut:
    """A recording that was left out: what stands in the store is not what the ledger says."""

    recording: ToArchive
    problem: Reason


def proven(one: ToArchive, files: RecordingFiles, tell: Callable[[Reason], None]) -> Iterator[bytes]:
    """The recording's bytes, as many as the ledger says; `tell` hears it when they are not those that were kept."""
    digest, left, told = hashlib.sha256(), one.size_bytes, False
    try:
        with files.open(one.path) as opened:
            if opened.size_bytes != one.size_bytes:
                tell(because("retention.other_size", bytes=opened.size_bytes, kept=one.size_bytes))
                told = True
            while left and (block := opened.file.read(min(_BLOCK, left))):
                left -= len(block)
                digest.update(block)
                yield block
    except FileNotFoundError:
        tell(because("recordings.file_gone"))
        told = True
    except StoreUnavailable:
        raise
    except OSError as error:
        tell(because("recordings.unreadable", why=error.strerror or str(error)))
        told = True
    if not told and digest.hexdigest() != one.sha256:
        tell(because("retention.other_sha256"))
    yield bytes(left)
