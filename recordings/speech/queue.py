"""Handing the work out to the workers, by huey: on SQLite for one machine, on Redis for several.

The table of transcripts is the truth. The queue only carries: the feeder puts in what is wanted, best first and little
at a time, so that what becomes urgent is next; what a queue or worker loses is found pending again and put in anew.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path

from huey import Huey, PriorityRedisHuey, SqliteHuey
from redis.exceptions import RedisError

from hotline.domain.errors import StorageError
from hotline.domain.time import Clock
from hotline.storage.recordings.transcripts import TranscriptStore
from hotline.storage.transaction import Storage

log = logging.getLogger(__name__)

NAME = "hotline-speech"
#: The queue holds no more than so many: what comes in urgent waits behind these at most.
IN_QUEUE = 4
LOOK_SECONDS = 1.0
#: While there is work: short recordings are done in a fraction of a second, and a worker that has to wait is wasted.
LOOK_AGAIN_SECONDS = 0.1
_URGENT = 9


def make_queue(url: str, file: Path) -> Huey:
    """`url`: of Redis, "" for SQLite in `file`. What a task gives back is not kept: it stands in the table."""
    if url:
        return PriorityRedisHuey(NAME, url=url, results=False)
    return SqliteHuey(NAME, filename=str(file), results=False, fsync=False)


class Feeder:
    """Puts what is wanted into the queue. Several may run: what two put in is done once."""

    def __init__(self, storage: Storage, queue: Huey, put: Callable[[int, int], object], clock: Clock) -> None:
        """`put`: takes a transcript's id and the queue's priority, higher first."""
        self._storage, self._queue, self._put, self._clock = storage, queue, put, clock
        self._waiting: set[int] = set()

    def run(self, stop: threading.Event) -> None:
        while not stop.is_set():
            busy = 0
            try:
                busy = self.feed() or len(self._queue)
            except StorageError as error:
                log.warning("%s", error)
            except (OSError, RedisError) as error:  # Redis is away; its errors are none of the system's
                log.warning("the queue of transcripts cannot be reached: %s", error)
            stop.wait(LOOK_AGAIN_SECONDS if busy else LOOK_SECONDS)

    def feed(self) -> int:
        """Fill the queue up; how many were put in."""
        if len(self._queue) == 0:
            self._waiting.clear()  # all was taken; what is still pending then was lost
        room = IN_QUEUE - len(self._queue)
        if room <= 0:
            return 0
        with self._storage.reading() as tx:
            due = TranscriptStore(tx).due(self._clock(), room + len(self._waiting))
        fresh = [t for t in due if t.id is not None and t.id not in self._waiting][:room]
        for wanted in fresh:
            self._waiting.add(wanted.id or 0)
            self._put(wanted.id or 0, max(_URGENT - int(wanted.priority), 0))
        return len(fresh)
