"""One reader's place between the hub, which puts in, and the thread of its connection, which takes out."""

from __future__ import annotations

import os
import select
import socket
from threading import Lock

from hotline.domain.push import Reader

#: Events held for a reader that does not keep up: minutes of the busiest floor, about 1 MB. Past that it is cut off,
#: and resumes by id when it is back: nothing is lost, and a stalled browser costs no more memory than this.
LIMIT = 500

#: Bytes that the kernel may take for a reader beyond those. Left to itself it takes megabytes, so that how much a
#: stalled browser costs, and when it is noticed, would depend on the machine.
SEND_BUFFER = 128 * 1024


class Subscriber:
    """`put`, `finish` and `cut` from any thread, `take` from the connection's.

    `connection`: the reader's socket, if there is one: so that a reader who has gone frees its thread at once, not
    with the next heartbeat, when a hundred browsers come back after a cut.
    """

    def __init__(self, reader: Reader, connection: socket.socket | None = None, limit: int = LIMIT) -> None:
        self.reader = reader
        self._connection, self._limit = connection, limit
        self._lock = Lock()
        self._waiting: list[bytes] = []
        self._over = False
        self._bell = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        self._poll = select.poll()
        self._poll.register(self._bell, select.POLLIN)
        if connection is not None:
            self._poll.register(connection, select.POLLRDHUP)

    def put(self, data: bytes) -> bool:
        """False when the reader is over, or has just been cut off for not keeping up."""
        with self._lock:
            if self._over:
                return False
            if len(self._waiting) < self._limit:
                self._waiting.append(data)
                self._ring()
                return True
        self.cut()
        return False

    def finish(self) -> None:
        """What was put is still taken, then it is over."""
        with self._lock:
            if not self._over:
                self._over = True
                self._ring()

    def cut(self) -> None:
        """It is over at once, also for a thread that stands in sending to a reader who does not read."""
        with self._lock:
            self._waiting.clear()
        self.finish()
        if self._connection is not None:
            _shut(self._connection)

    def take(self, seconds: float) -> list[bytes] | None:
        """What has been put since the last call; waits so long for it. None: it is over, or the reader has gone."""
        gone = self._wait(seconds)
        with self._lock:
            taken, self._waiting = self._waiting, []
            return None if gone or (self._over and not taken) else taken

    def idle(self) -> bool:
        """Whether all that was put has been taken."""
        with self._lock:
            return not self._waiting

    def close(self) -> None:
        """The connection's thread is done with it. The connection carries nothing any more: a server that has a word
        left to hear from each of a hundred readers would not stop in time."""
        with self._lock:
            self._over = True
            self._waiting.clear()
            if self._bell >= 0:
                os.close(self._bell)
                self._bell = -1
        if self._connection is not None:
            _shut(self._connection)

    def _ring(self) -> None:
        if self._bell >= 0:
            os.eventfd_write(self._bell, 1)

    def _wait(self, seconds: float) -> bool:
        """Whether the reader has gone."""
        with self._lock:
            if self._waiting or self._over:
                seconds = 0.0
        found = dict(self._poll.poll(seconds * 1000))
        if found.pop(self._bell, None) is not None:
            os.eventfd_read(self._bell)
        return bool(found)


def prepare(connection: socket.socket, gone_after: float) -> None:
    """A peer that acknowledges nothing for so many seconds, or keeps its window shut, is gone: the network may say
    nothing of a browser whose machine was switched off. One that takes nothing is soon noticed."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(gone_after * 1000))


def _shut(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it was gone already


