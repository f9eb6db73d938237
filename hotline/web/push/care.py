"""What is done for readers now and then: their consoles are noted as seen, sessions whose hours are over end, and the
pops that they were shown are written into the audit log."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from datetime import datetime

from hotline.services.errors import StorageError
from hotline.services.pop_views import note_pops
from hotline.services.ports import Storage
from hotline.services.presence import seen_all
from hotline.services.sessions import end_expired
from hotline.settings import Settings
from hotline.web.push.hub import Hub, Popped

logger = logging.getLogger(__name__)

#: Seconds. A console is noted as seen at most so often, a third of the shortest grace time or less.
SEEN_EVERY = 10.0
LOOK_EVERY = 1.0
SESSIONS_EVERY = 10.0


class Care:
    """For the tail's thread alone. `stopwatch` values are seconds of a monotonic clock."""

    def __init__(self, hub: Hub, storage: Storage, settings: Settings, clock: Callable[[], datetime]) -> None:
        self._hub, self._storage, self._settings, self._clock = hub, storage, settings, clock
        self._seen_at: dict[str, float] = {}
        self._look_at = self._sessions_at = 0.0
        self._popped: dict[tuple[str, int], None] = {}

    def popped(self, shown: Collection[Popped]) -> None:
        """These pops are on their way. They are written down at once, and again later if that fails now: the caller's
        name on the screen is not to wait for it."""
        self._popped.update(((one.who, one.call_id), None) for one in shown)
        self._note_pops()

    def step(self, stopwatch: float) -> None:
        """Do what is due."""
        if stopwatch < self._look_at:
            return
        self._look_at = stopwatch + LOOK_EVERY
        self._note_pops()
        self._note_seen(stopwatch)
        if stopwatch >= self._sessions_at:
            self._sessions_at = stopwatch + SESSIONS_EVERY
            self._try(lambda: end_expired(self._storage, self._clock(), self._settings.web.session_hours))

    def _note_pops(self) -> None:
        if self._popped and self._try(lambda: note_pops(self._storage, self._popped, self._clock())):
            self._popped.clear()

    def _note_seen(self, stopwatch: float) -> None:
        there = {each.reader.extension for each in self._hub.everyone()} & self._settings.operators.keys()
        self._seen_at = {extension: at for extension, at in self._seen_at.items() if extension in there}
        due = sorted(e for e in there if stopwatch - self._seen_at.get(e, -SEEN_EVERY) >= SEEN_EVERY)
        if due and self._try(lambda: seen_all(self._storage, self._settings, due, self._clock())):
            self._seen_at.update(dict.fromkeys(due, stopwatch))

    def _try(self, act: Callable[[], object]) -> bool:
        """False when the database does not do it now: it stays due."""
        try:
            act()
        except StorageError as error:
            logger.warning("to be tried again: %s", error)
            return False
        return True
