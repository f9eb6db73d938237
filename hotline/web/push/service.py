"""The push of one process: put together with the application, stopped with the server; or alone in a process of its
own."""

from __future__ import annotations

import resource
from collections.abc import Callable
from datetime import datetime
from threading import Event, Lock

from flask import Flask, Response, current_app

from hotline.domain.operators.push import Reader
from hotline.services.operators.news import NewsSource
from hotline.web.held.handover import event_stream
from hotline.web.held.holder import Holder
from hotline.web.kit.context import context_of
from hotline.web.push.apart import PushApart
from hotline.web.push.care import Care
from hotline.web.push.hub import Hub
from hotline.web.push.stream import Stream
from hotline.web.push.subscriber import Subscriber
from hotline.web.push.tail import Tail

_KEY = "hotline.push"

#: Open files of the process that are left for everything else but streams: requests, the database, browser phones.
FILES_LEFT = 512


class Push:
    """For any thread. `holder` carries the streams, and whatever else stands for long in this process. `stopping`: the
    server ends; whatever else streams in this process ends with it."""

    def __init__(self, source: NewsSource, clock: Callable[[], datetime]) -> None:
        self._source, self._clock = source, clock
        self.holder = Holder()
        self.hub = Hub(source, most_streams(resource.getrlimit(resource.RLIMIT_NOFILE)[0]))
        self._care = Care(self.hub, source, clock)
        self._tail = Tail(self.hub, self._care, source, clock)
        self._starting = Lock()
        self.stopping = Event()
        self._closing = Lock()
        self._apart: PushApart | None = None

    def hold_apart(self, apart: PushApart) -> None:
        """From now on the streams are held there; those that are held here while it is not there end once it is."""
        self._apart = apart
        apart.there = self.hub.end_all

    def answer(self, reader: Reader, after: int | None) -> Response:
        """The stream of `open`, wherever it is held; of this request."""
        if self._apart is not None and (stream := self._apart.open(reader, after)) is not None:
            return event_stream(self._apart, stream)
        return event_stream(self.holder, self.open(reader, after))

    def open(self, reader: Reader, after: int | None) -> Stream:
        """A stream for this reader, who has seen all up to `after` (None: begins now); to be closed.

        Raises PushUnavailable, StorageError.
        """
        stream = Stream(self.hub, self._source, self._clock, Subscriber(reader), after)
        with self._starting:
            self._tail.start()
            self._care.start()
        return stream

    def close(self) -> None:
        """Every stream ends at once, so that the server can; none begins any more. Returns when all have, for whoever
        calls first and second."""
        self.stopping.set()
        self.hub.close()
        with self._closing:
            if self._apart is not None:
                self._apart.close()
            self.holder.close()
            self._tail.stop()
            self._care.stop()


def most_streams(files: int) -> int:
    """In a process that may open so many files (RLIM_INFINITY: -1)."""
    return max(files - FILES_LEFT, 16) if files >= 0 else 1_000_000


def install(app: Flask) -> None:
    context = context_of(app)
    app.extensions[_KEY] = Push(NewsSource(context.storage, lambda: context.settings), context.clock)


def push_of(app: Flask) -> Push:
    push: Push = app.extensions[_KEY]
    return push


def push() -> Push:
    """That of the application which handles this request."""
    return push_of(current_app)
