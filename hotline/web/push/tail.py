"""The thread that follows the outbox, once a process and only while somebody reads."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from threading import Event, Thread

from hotline.domain.errors import StorageError
from hotline.services.operators.news import NewsSource
from hotline.web.push.care import Care
from hotline.web.push.hub import Hub

logger = logging.getLogger(__name__)

#: Seconds between two looks at whether the thread is to end.
LONGEST_WAIT = 0.25
#: Seconds until a database that is away is asked again.
RETRY = 1.0


class Tail:
    """`start` begins it when the first reader joins; any later call only makes sure that it runs."""

    def __init__(self, hub: Hub, care: Care, source: NewsSource, clock: Callable[[], datetime]) -> None:
        self._hub, self._care, self._source, self._clock = hub, care, source, clock
        self._stopping = Event()
        self._thread: Thread | None = None

    def start(self) -> None:
        """To be called by one thread at a time."""
        if self._thread is None or not self._thread.is_alive():
            self._thread = Thread(target=self._run, name="push-tail", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Returns once the thread has ended."""
        self._stopping.set()
        self._hub.has_readers.set()
        if self._thread is not None:
            self._thread.join(RETRY + 5)

    def _run(self) -> None:
        """What it dies of ends every stream: the browsers come back, and with the first of them it begins anew."""
        try:
            while self._hub.has_readers.wait() and not self._stopping.is_set():
                self._follow_until_lost()
        except BaseException:
            logger.critical("the push has died; it begins anew with the next page", exc_info=True)
            self._hub.end_all()
            raise

    def _follow_until_lost(self) -> None:
        try:
            self._follow()
        except StorageError as error:
            logger.error("the push waits for the database: %s", error)
            self._stopping.wait(RETRY)

    def _follow(self) -> None:
        with closing(self._source.watch()) as watch:
            # What was committed before the watch began is news too.
            news = True
            while self._hub.has_readers.is_set() and not self._stopping.is_set():
                if news:
                    self._care.popped(self._hub.tell_news(self._clock()))
                news = watch.wait(LONGEST_WAIT)
