"""One reader's queue: those who have news put in, the thread that holds connections takes out."""

from __future__ import annotations

import socket
from collections.abc import Callable
from threading import Condition

#: Events held for a reader that does not keep up: minutes of the busiest floor, about 1 MB. Past that it is cut off,
#: and resumes by id when it is back: nothing is lost, and a stalled browser costs no more memory than this.
LIMIT = 500


class Outlet:
    """For any thread."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit = limit
        self._changed = Condition()
        self._waiting: list[bytes] = []
        self._over = False
        self._connection: socket.socket | None = None
        self._ring: Callable[[], None] | None = None

    def put(self, data: bytes) -> bool:
        """False when the reader is over, or has just been cut off for not keeping up."""
        with self._changed:
            if self._over:
                return False
            if len(self._waiting) < self._limit:
                self._waiting.append(data)
                self._tell()
                return True
        self.cut()
        return False

    def finish(self, last: bytes = b"") -> None:
        """What was put is still taken, and this after it; then it is over."""
        with self._changed:
            if not self._over:
                self._over = True
                self._waiting += [last] if last else []
                self._tell()

    def cut(self) -> None:
        """It is over at once, also while the kernel holds what the reader does not read."""
        with self._changed:
            self._waiting.clear()
            self._over = True
            self._tell()
            if self._connection is not None:
                shut(self._connection)

    def take(self, seconds: float = 0.0) -> list[bytes] | None:
        """What has been put since the last call; waits so long for it. None: it is over."""
        with self._changed:
            if seconds and not self._waiting and not self._over:
                self._changed.wait(seconds)
            taken, self._waiting = self._waiting, []
            return None if self._over and not taken else taken

    def idle(self) -> bool:
        """Whether all that was put has been taken."""
        with self._changed:
            return not self._waiting

    def close(self) -> None:
        """Nobody takes out any more."""
        with self._changed:
            self._over = True
            self._waiting.clear()
            self._connection = self._ring = None

    def carried(self, connection: socket.socket, ring: Callable[[], None]) -> None:
        """`ring` is called, by any thread, whenever there is something to take; `cut` breaks the connection."""
        with self._changed:
            self._connection, self._ring = connection, ring

    def _tell(self) -> None:
        self._changed.notify_all()
        if self._ring is not None:
            self._ring()


def shut(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it was gone already
