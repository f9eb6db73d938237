"""One held connection: writes what its feed gives, a sign of life in silence, and an orderly end."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from time import monotonic
from typing import Protocol

from hotline.web.held.outlet import Outlet

logger = logging.getLogger(__name__)

#: Seconds of silence after which a word says that the connection still stands.
HEARTBEAT = 10.0

#: Bytes that wait here, besides what the kernel has, before no more is taken out of the outlet.
_AHEAD = 64 * 1024


class Feed(Protocol):
    """What one reader is told. `opening`: what comes before all that is put into the outlet."""

    @property
    def outlet(self) -> Outlet: ...

    def opening(self) -> bytes: ...

    def sign_of_life(self) -> bytes:
        """After HEARTBEAT seconds of silence. Must not wait for anything."""

    def close(self) -> None:
        """The reader has gone. May wait."""


class HeldConnection(asyncio.Protocol):
    """In the thread of the loop. `gone` is called once, at the end."""

    def __init__(self, feed: Feed, opening: bytes, chunked: bool, gone: Callable[[HeldConnection], None]) -> None:
        self._feed, self._opening, self._chunked, self._gone = feed, opening, chunked, gone
        self._transport: asyncio.Transport | None = None
        self._full = self._ended = False
        self._spoken = monotonic()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.set_write_buffer_limits(high=_AHEAD)
        if self._opening:
            self._write(self._opening)
        self.flush()

    def pause_writing(self) -> None:
        self._full = True

    def resume_writing(self) -> None:
        self._full = False
        # Not within this call: the transport goes on after it, and where what is written now finds the reader gone, it
        # would end twice.
        asyncio.get_running_loop().call_soon(self.flush)

    def connection_lost(self, _error: Exception | None) -> None:
        self._transport = None
        self._gone(self)

    def flush(self) -> None:
        """Send what there is, as far as the reader keeps up."""
        while self._open():
            taken = self._feed.outlet.take()
            if taken is None:
                return self.end()
            if not taken:
                return None
            self._write(b"".join(taken))
        return None

    def look(self, now: float) -> None:
        """Say something when nothing has been said for long, by this monotonic clock."""
        if self._open() and now - self._spoken >= HEARTBEAT:
            self._write(self._feed.sign_of_life())
            self.flush()

    def end(self) -> None:
        """What was written is still sent."""
        assert self._transport is not None
        self._ended = True
        if self._chunked:
            self._transport.write(b"0\r\n\r\n")
        self._transport.close()

    def abort(self) -> None:
        """What the reader has not taken is thrown away."""
        self._ended = True
        if self._transport is not None:
            self._transport.abort()

    def _open(self) -> bool:
        """Whether something may be written now."""
        return self._transport is not None and not self._full and not self._ended

    def _write(self, data: bytes) -> None:
        assert self._transport is not None
        self._spoken = monotonic()
        self._transport.write(b"%x\r\n%b\r\n" % (len(data), data) if self._chunked else data)
