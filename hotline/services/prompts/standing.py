"""Emergency announcements that stand, as a process that talks with callers asks for them at every step of a call."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from threading import Lock
from time import monotonic

from hotline.domain.errors import StorageError
from hotline.domain.prompts.announcement import Announcement
from hotline.domain.time import Clock
from hotline.storage.prompts.store import AnnouncementStore
from hotline.storage.transaction import Storage

log = logging.getLogger(__name__)

#: Seconds between two looks into the database.
LOOK_SECONDS = 1.0


class StandingAnnouncements:
    """At most LOOK_SECONDS old; while the database is away, what it said last, each until its time. Threads share it.
    `is_there`: whether Asterisk has a sound by now; one that is not made yet comes with a later step."""

    def __init__(self, storage: Storage, clock: Clock, is_there: Callable[[str], bool]) -> None:
        self._storage, self._clock, self._is_there = storage, clock, is_there
        self._lock = Lock()
        self._known: Sequence[Announcement] = ()
        self._looked = float("-inf")

    def sounds(self, line: str) -> list[str]:
        """Their names in Asterisk, the earliest first."""
        self._look()
        now = self._clock()
        found = [each.sound for each in reversed(self._known) if each.stands(now) and each.is_for(line)]
        return [sound for sound in found if self._is_there(sound)]

    def _look(self) -> None:
        if monotonic() - self._looked < LOOK_SECONDS or not self._lock.acquire(blocking=False):
            return
        try:
            self._looked = monotonic()
            with self._storage.reading() as tx:
                self._known = AnnouncementStore(tx).standing(self._clock())
        except StorageError as error:
            log.warning("announcements stay as they were, for the database can't be asked: %s", error)
        finally:
            self._lock.release()
