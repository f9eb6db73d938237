"""What is written on a disc, read while it is written: it is never held in memory, nor a second time on disk."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator


class Source(io.RawIOBase):
    """A file for the image, of exactly `size` bytes whatever `blocks` gives: too few are filled up with zeros, and too
    many cut, so that the image stays one; whoever makes `blocks` tells when they were not what was expected.

    `blocks` is begun again by each `seek(0)`; after all was read `digest` is the SHA-256 of it.
    """

    def __init__(self, size: int, blocks: Callable[[], Iterator[bytes]]) -> None:
        self.size = size
        self._make = blocks
        self._begin()

    @property
    def digest(self) -> str:
        return self._hash.hexdigest()

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if (offset, whence) != (0, io.SEEK_SET):
            raise io.UnsupportedOperation("only from the begin")
        self._begin()
        return 0

    def read(self, size: int = -1) -> bytes:
        left = self.size - self._at
        wanted = left if size < 0 else min(size, left)
        while len(self._held) < wanted and (block := self._next()):
            self._held += block
        given = bytes(self._held[:wanted]).ljust(wanted, b"\0")
        del self._held[:wanted]
        self._hash.update(given)
        self._at += wanted
        if self._at == self.size and wanted:
            while self._next():  # to its end, where what is wrong with it is found
                pass
        return given

    def _begin(self) -> None:
        self._blocks: Iterator[bytes] | None = None
        self._held, self._at, self._hash = bytearray(), 0, hashlib.sha256()

    def _next(self) -> bytes:
        if self._blocks is None:
            self._blocks = self._make()
        return next((block for block in self._blocks if block), b"")
