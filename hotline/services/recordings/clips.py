"""What showing parts of recordings needs from outside; recordings fulfils it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from hotline.domain.recordings.transcript import Side


class Clips(Protocol):
    """Parts cut out of recordings."""

    def cut(self, path: str, start: float, end: float | None, silenced: Collection[Side]) -> bytes:
        """The sound of [`start`, `end`) seconds of the recording at that path of the store, as WAV, without those
        sides' voices; `end` None: to its end. Raises NotFound where the file is gone or cannot be read,
        StoreUnavailable."""
