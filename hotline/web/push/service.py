"""The push of one web process: put together with the application, stopped with the server."""

from __future__ import annotations

import socket
from collections.abc import Callable
from datetime import datetime
from threading import Event, Lock

from flask import Flask, current_app

from hotline.domain.push import Reader
from hotline.services.ports import Storage
from hotline.settings import Settings
from hotline.web.push.care import Care
from hotline.web.push.hub import Hub
from hotline.web.push.stream import HEARTBEAT, Stream
from hotline.web.push.subscriber import Subscriber, prepare
from hotline.web.push.tail import Tail

_KEY = "hotline.push"

#: Threads of the server that are left for everything else but open streams.
THREADS_LEFT = 16

#: Seconds after which a peer that acknowledges nothing is gone: two heartbeats, and less than the grace time (30).
GONE_AFTER = 2 * HEARTBEAT


class Push:
    """For any thread. `stopping`: the server ends; whatever else streams in this process ends with it."""

    def __init__(self, settings: Settings, storage: Storage, clock: Callable[[], datetime]) -> None:
        self._settings, self._storage, self._clock = settings, storage, clock
        self.hub = Hub(storage, settings, max(settings.web.threads - THREADS_LEFT, 1))
        self._care = Care(self.hub, storage, settings, clock)
        self._tail = Tail(self.hub, self._care, storage, clock)
        self._starting = Lock()
        self.stopping = Event()

    def open(self, reader: Reader, after: int | None, connection: socket.socket | None = None) -> Stream:
        """A stream for this reader, who has seen all up to `after` (None: begins now); to be closed.

        Raises PushUnavailable, StorageError.
        """
        if connection is not None:
            prepare(connection, GONE_AFTER)
        subscriber = Subscriber(reader, connection)
        try:
            stream = Stream(self.hub, self._storage, self._settings, self._clock, subscriber, after)
        except BaseException:
            subscriber.close()
            raise
        with self._starting:
            self._tail.start()
            self._care.start()
        return stream

    def close(self) -> None:
        """Every stream ends at once, so that the server can; none begins any more."""
        self.stopping.set()
        self.hub.close()
        self._tail.stop()
        self._care.stop()


def attach(app: Flask, push: Push) -> None:
    app.extensions[_KEY] = push


def push_of(app: Flask) -> Push:
    return app.extensions[_KEY]


def push() -> Push:
    """That of the application which handles this request."""
    return push_of(current_app)
