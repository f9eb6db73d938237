"""A TCP way that a test can cut: between a browser and what it talks to."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable


class Cuttable:
    """Passes connections to `port` on to `target`, on 127.0.0.1, until `close`.

    `freeze`: nothing passes and nobody is told, as in a network that has failed. `cut`: as well, every connection that
    there was is broken, as when a proxy restarts. `mend` ends both; what was frozen then arrives.
    """

    def __init__(self, port: int, target: int) -> None:
        self._target = target
        self._open = threading.Event()
        self._open.set()
        self._pairs: set[tuple[socket.socket, socket.socket]] = set()
        self._lock = threading.Lock()
        self._server = socket.create_server(("127.0.0.1", port), backlog=64)
        self._closed = False
        self._start(self._accept)

    def freeze(self) -> None:
        self._open.clear()

    def cut(self) -> None:
        self._open.clear()
        self._break()

    def mend(self) -> None:
        self._open.set()

    def close(self) -> None:
        self._closed = True
        self._open.set()
        with contextlib.suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self._break()

    def _accept(self) -> None:
        while not self._closed:
            try:
                near, _address = self._server.accept()
            except OSError:
                return
            # A network that has failed lets nobody in; the browser waits.
            self._open.wait()
            try:
                far = socket.create_connection(("127.0.0.1", self._target), timeout=5)
            except OSError:
                near.close()
                continue
            far.settimeout(None)
            with self._lock:
                self._pairs.add((near, far))
            self._start(lambda near=near, far=far: self._pump(near, far))  # type: ignore[misc]
            self._start(lambda near=near, far=far: self._pump(far, near))  # type: ignore[misc]

    def _pump(self, source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                self._open.wait()
                sink.sendall(data)
        for end in (source, sink):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        with self._lock:
            done = {pair for pair in self._pairs if source in pair}
            self._pairs -= done

    def _break(self) -> None:
        with self._lock:
            pairs, self._pairs = self._pairs, set()
        for end in (end for pair in pairs for end in pair):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    @staticmethod
    def _start(work: Callable[[], None]) -> None:
        threading.Thread(target=work, daemon=True).start()
