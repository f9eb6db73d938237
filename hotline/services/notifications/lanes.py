"""One thread a gateway: one that is slow keeps back nothing but what goes through it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable

from hotline.domain.errors import StorageError

log = logging.getLogger(__name__)

#: Gateways at once; others wait for the next run.
_MOST = 32

#: After so many a thread ends, and the next run begins another.
_IN_A_ROW = 50


class Lanes:
    """`send_next` as `Sending.send_next`."""

    def __init__(self, send_next: Callable[[str], bool]) -> None:
        self._send_next = send_next
        self._lock = threading.Lock()
        self._running: dict[str, threading.Thread] = {}

    def run(self, gateways: Iterable[str]) -> int:
        """Begin a thread for each of these that has none; how many. Waits for none of them."""
        begun = 0
        with self._lock:
            self._running = {name: thread for name, thread in self._running.items() if thread.is_alive()}
            for name in gateways:
                if name in self._running or len(self._running) >= _MOST:
                    continue
                # No daemon: a process that is asked to end finishes what is on its way, which else would be unsure.
                thread = threading.Thread(target=self._work, args=(name,), name=f"sends-{name}")
                self._running[name] = thread
                thread.start()
                begun += 1
        return begun

    def wait(self) -> None:
        """Until all have ended."""
        with self._lock:
            running = list(self._running.values())
        for thread in running:
            thread.join()

    def _work(self, gateway: str) -> None:
        try:
            for _ in range(_IN_A_ROW):
                if not threading.main_thread().is_alive() or not self._send_next(gateway):
                    return
        except StorageError as error:
            log.warning("what goes out by %s waits for the database: %s", gateway, error)
