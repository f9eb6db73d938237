"""The thread that holds connections: an event loop, behind calls that any thread may make."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from threading import Lock, Thread
from time import monotonic
from typing import Any

from hotline.web.held.line import HEARTBEAT, Feed, HeldConnection
from hotline.web.held.outlet import shut

logger = logging.getLogger(__name__)

#: Bytes that the kernel may take for a reader. Left to itself it takes megabytes, so that how much a stalled browser
#: costs, and when it is noticed, would depend on the machine.
SEND_BUFFER = 128 * 1024

#: Seconds after which a peer that acknowledges nothing is gone: two heartbeats, and less than the grace time (30).
GONE_AFTER = 2 * HEARTBEAT

#: Seconds between two looks at who has been silent for long.
LOOK_EVERY = 1.0

#: Seconds in which a stopping server says its last word to everybody.
LAST_WORDS = 1.5


class Holder:
    """For any thread. The thread begins with the first connection; after `close` none is taken any more."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: Thread | None = None
        self._closed = False
        self._lines: dict[HeldConnection, Feed] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._attended: set[asyncio.Task[None]] = set()
        # Whoever leaves may have to wait for who is telling news, and nobody else is to wait with them.
        self._leaving = ThreadPoolExecutor(1, "held-leaving")

    def carry(self, connection: socket.socket, feed: Feed, chunked: bool) -> None:
        """Write what the feed gives until it is over or the reader goes; then close both. `chunked`: as HTTP/1.1
        frames what has no length."""
        prepare(connection)
        opening = feed.opening()
        if not self._run(lambda loop: self._carry(loop, connection, feed, opening, chunked)):
            shut(connection)
            connection.close()
            feed.close()

    def attend(self, work: Callable[[], Coroutine[Any, Any, None]]) -> bool:
        """Do this in the loop; cancelled at the end. False when nothing begins any more."""
        return self._run(lambda loop: self._attend(loop.create_task(work())))

    def close(self) -> None:
        """Returns once everybody has been told the end, or after LAST_WORDS."""
        with self._lock:
            self._closed = True
            loop, thread = self._loop, self._thread
        if loop is not None and thread is not None and thread.is_alive():
            loop.call_soon_threadsafe(lambda: self._keep(loop.create_task(self._end())))
            thread.join(LAST_WORDS + 1)
        self._leaving.shutdown(wait=False)

    def _run(self, act: Callable[[asyncio.AbstractEventLoop], object]) -> bool:
        with self._lock:
            if self._closed:
                return False
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = Thread(target=self._live, args=(self._loop,), name="held", daemon=True)
                self._thread.start()
            self._loop.call_soon_threadsafe(act, self._loop)
            return True

    def _live(self, loop: asyncio.AbstractEventLoop) -> None:
        asyncio.set_event_loop(loop)
        self._attend(loop.create_task(self._look()))
        loop.run_forever()
        loop.close()

    def _attend(self, task: asyncio.Task[None]) -> None:
        self._keep(task)
        self._attended.add(task)
        task.add_done_callback(self._attended.discard)

    def _keep(self, task: asyncio.Task[None]) -> None:
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            logger.error("a held connection failed", exc_info=error)

    def _carry(
        self, loop: asyncio.AbstractEventLoop, connection: socket.socket, feed: Feed, opening: bytes, chunked: bool
    ) -> None:
        line = HeldConnection(feed, opening, chunked, self._gone)
        self._lines[line] = feed
        feed.outlet.carried(connection, lambda: self._ring(loop, line))
        self._keep(loop.create_task(self._connect(loop, connection, line)))

    async def _connect(self, loop: asyncio.AbstractEventLoop, connection: socket.socket, line: HeldConnection) -> None:
        connection.setblocking(False)
        try:
            await loop.connect_accepted_socket(lambda: line, connection)
        except OSError:  # it went in this very moment
            connection.close()
            self._gone(line)

    @staticmethod
    def _ring(loop: asyncio.AbstractEventLoop, line: HeldConnection) -> None:
        try:
            loop.call_soon_threadsafe(line.flush)
        except RuntimeError:
            return  # the loop has ended, and the connection with it

    def _gone(self, line: HeldConnection) -> None:
        feed = self._lines.pop(line, None)
        if feed is not None:
            self._leaving.submit(feed.close)

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY)
            now = monotonic()
            for line in list(self._lines):
                line.look(now)

    async def _end(self) -> None:
        until = monotonic() + LAST_WORDS
        for line, feed in list(self._lines.items()):
            feed.outlet.finish()
            line.flush()  # one that is only just beginning does so by itself
        for task in self._attended:
            task.cancel()
        await asyncio.gather(*self._attended, return_exceptions=True)
        while self._lines and monotonic() < until:
            await asyncio.sleep(0.01)
        for line in list(self._lines):
            line.abort()
        await asyncio.sleep(0)
        asyncio.get_running_loop().stop()


def prepare(connection: socket.socket) -> None:
    """A peer that acknowledges nothing for GONE_AFTER, or keeps its window shut, is gone: the network may say nothing
    of a browser whose machine was switched off. One that takes nothing is soon noticed."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(GONE_AFTER * 1000))
