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
        self._mine: set[int] = set()
        self._wanted = threading.Event()

    def run(self, stop: threading.Event) -> None:
        while not stop.is_set():
            self._wanted.clear()
            try:
                self.feed()
            except StorageError as error:
                log.warning("%s", error)
            except (OSError, RedisError) as error:  # Redis is away; its errors are none of the system's
                log.warning("the queue of transcripts cannot be reached: %s", error)
            self._wanted.wait(LOOK_SECONDS)

    def look(self) -> None:
        """One was taken: there is room for another, which is to be there before that one is done."""
        self._wanted.set()

    def feed(self) -> int:
        """Fill the queue up; how many were put in."""
        waiting = {int(task.args[0]) for task in self._queue.pending()}
        if not waiting:
            self._mine.clear()  # all was taken; what is still pending then was lost
        room = IN_QUEUE - len(waiting)
        if room <= 0:
            return 0
        # What one of us has put in and a worker has just taken is due until it is lent.
        known = waiting | self._mine
        with self._storage.reading() as tx:
            due = TranscriptStore(tx).due(self._clock(), room + len(known))
        self._mine &= {t.id for t in due if t.id is not None}
        fresh = [t for t in due if t.id is not None and t.id not in known][:room]
        for wanted in fresh:
            self._mine.add(wanted.id or 0)
            self._put(wanted.id or 0, max(_URGENT - int(wanted.priority), 0))
        return len(fresh)
