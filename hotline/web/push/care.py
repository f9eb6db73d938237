"""Periodic work for readers: notes their consoles as seen, ends sessions that have expired, and writes shown pops
into the audit log.

In a thread of its own: all of it waits for its turn to write, and no pop is to wait for that.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from datetime import datetime
from threading import Condition, Thread
from time import monotonic

from hotline.domain.errors import StorageError
from hotline.services.operators.news import NewsSource
from hotline.web.push.hub import Hub, Popped

logger = logging.getLogger(__name__)

#: Seconds. A console is noted as seen at most so often, a third of the shortest grace time or less.
SEEN_EVERY = 10.0
LOOK_EVERY = 1.0
SESSIONS_EVERY = 10.0


class Care:
    """`popped` and `stop` from any thread; `start` by one thread at a time."""

    def __init__(self, hub: Hub, source: NewsSource, clock: Callable[[], datetime]) -> None:
        self._hub, self._source, self._clock = hub, source, clock
        self._changed = Condition()
        self._popped: dict[tuple[str, int], None] = {}
        self._seen_at: dict[str, float] = {}
        self._sessions_at = 0.0
        self._stopping = False
        self._thread: Thread | None = None

    def start(self) -> None:
        if self._thread is None or not self._thread.is_alive():
            self._thread = Thread(target=self._run, name="push-care", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Returns once what is to be written down is, or after a second."""
        with self._changed:
            self._stopping = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join(LOOK_EVERY)

    def popped(self, shown: Collection[Popped]) -> None:
        """These pops are on their way to the screens."""
        if shown:
            with self._changed:
                self._popped.update(((one.who, one.call_id), None) for one in shown)
                self._changed.notify()

    def _run(self) -> None:
        look_at, noted = 0.0, True
        while not self._stopping:
            with self._changed:
                if not self._popped or not noted:
                    self._changed.wait(max(look_at - monotonic(), 0.0))
            noted = self._note_pops()
            if monotonic() >= look_at:
                look_at = monotonic() + LOOK_EVERY
                self.look(monotonic())
        self._note_pops()

    def look(self, stopwatch: float) -> None:
        """Do what is due by this monotonic clock."""
        if not self._hub.has_readers.is_set():
            return
        self._note_seen(stopwatch)
        if stopwatch >= self._sessions_at:
            self._sessions_at = stopwatch + SESSIONS_EVERY
            self._try(lambda: self._source.end_expired_sessions(self._clock()))

    def _note_pops(self) -> bool:
        """False when some are left to be written."""
        with self._changed:
            shown = dict(self._popped)
        if shown and not self._try(lambda: self._source.note_pops(shown, self._clock())):
            return False
        with self._changed:
            for one in shown:
                del self._popped[one]
        return True

    def _note_seen(self, stopwatch: float) -> None:
        there = {each.reader.extension for each in self._hub.everyone()} & self._source.settings.operators.keys()
        self._seen_at = {extension: at for extension, at in self._seen_at.items() if extension in there}
        due = sorted(e for e in there if stopwatch - self._seen_at.get(e, -SEEN_EVERY) >= SEEN_EVERY)
        if due and self._try(lambda: self._source.note_seen(due, self._clock())):
            self._seen_at.update(dict.fromkeys(due, stopwatch))

    def _try(self, act: Callable[[], object]) -> bool:
        """False when the database does not do it now: it stays due."""
        try:
            act()
        except StorageError as error:
            logger.warning("to be tried again: %s", error)
            return False
        return True
