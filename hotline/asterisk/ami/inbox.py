"""Frames that the session's thread has received and the writer has not taken yet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Condition, Event
from time import monotonic


@dataclass(frozen=True, slots=True)
class Connected:
    """A session has begun: what comes after it is unbroken."""


@dataclass(frozen=True, slots=True)
class Lost:
    """The session is over: events may have been lost between here and the next Connected."""

    reason: str


Item = bytes | Connected | Lost

#: Frames held for the writer: about 30 MB, and over a minute of the busiest hour seen (30 queue calls/s make
#: 650 wanted frames/s). A writer that stands longer than this has to reconcile from the CEL database, which
#: costs less than more memory would help.
INBOX_LIMIT = 50_000


class Inbox:
    """A bounded queue between two threads, taken out all at once: what came while the writer wrote is its
    next batch. `urgent`: which frames are not to wait for others."""

    def __init__(self, limit: int = INBOX_LIMIT, urgent: Callable[[bytes], bool] = lambda frame: False) -> None:
        self._limit, self._urgent = limit, urgent
        self._pressing = Event()
        self._items: list[Item] = []
        self._changed = Condition()
        self._failure: BaseException | None = None
        self._closed = False

    def put(self, frames: Sequence[bytes]) -> bool:
        """Add frames; False, and nothing added, when they do not fit: the sender must then treat them as
        lost."""
        presses = any(map(self._urgent, frames))
        with self._changed:
            if len(self._items) + len(frames) > self._limit:
                return False
            self._items.extend(frames)
            self._changed.notify()
            if presses:
                self._pressing.set()
        return True

    def announce(self, item: Connected | Lost) -> None:
        """Add a mark, which waits for nothing else; always fits, since there are only two a session."""
        with self._changed:
            self._items.append(item)
            self._changed.notify()
            self._pressing.set()

    def fail(self, error: BaseException) -> None:
        """The sender has died: the taker's next `drain` raises this."""
        with self._changed:
            self._failure = error
            self._changed.notify()
            self._pressing.set()

    def close(self) -> None:
        """Nothing more is wanted: `drain` does not wait any longer."""
        with self._changed:
            self._closed = True
            self._changed.notify()
            self._pressing.set()

    def drain(self, wait_seconds: float, gather_seconds: float = 0.0, not_before: float = 0.0) -> list[Item]:
        """All that is there, in order of arrival. Waits so long for something, and once it is there so long for more,
        or until `not_before` (on the monotonic clock) if that is later; what is urgent ends that. Raises what the
        sender died of, once all that it sent before has been taken."""
        with self._changed:
            self._changed.wait_for(lambda: self._items or self._failure or self._closed, wait_seconds)
            gathers = bool(self._items) and self._failure is None and not self._closed
        gather_seconds = max(gather_seconds, not_before - monotonic())
        if gathers and gather_seconds > 0:
            self._pressing.wait(gather_seconds)  # no frame that comes meanwhile wakes this thread
        with self._changed:
            self._pressing.clear()
            items, self._items = self._items, []
            if not items and self._failure is not None:
                raise self._failure
            return items
