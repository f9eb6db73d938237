"""The stream to wallboards: the whole board, each time that something on it has changed.

A display hangs there for weeks: each stream ends by itself after a while, and the browser connects anew. So no stream
outlives what its token or session allows, and nothing grows. One thread composes the wall for all of them, and only
while there is one.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from datetime import datetime
from time import monotonic

from hotline import __version__
from hotline.domain.errors import StorageError
from hotline.services.floor.wallboard import Wallboard
from hotline.web.held.crowd import Crowd
from hotline.web.held.outlet import Outlet
from hotline.web.push import frames

logger = logging.getLogger(__name__)

#: Seconds: a figure on a wall need not move faster; a token that was revoked shows nothing after so long; a stream is
#: not longer than that.
EVERY, HEARTBEAT, LONGEST = 1.0, 10.0, 300.0

_OVER = frames.event("over", "{}", None)


@dataclass(frozen=True)
class Shown:
    """The wall of a moment; `mark` changes with what is to be seen of it, not with the clock."""

    mark: str
    data: bytes


class WallboardFeed:
    """One display's stream. `allowed`: whether its token or session is still valid; asked now and then."""

    def __init__(self, walls: WallboardFeeds, who: Hashable, allowed: Callable[[], bool]) -> None:
        self._wallboard_feeds, self.who, self._allowed = walls, who, allowed
        self.outlet = Outlet()
        self._began = self._asked = monotonic()
        self._mark = ""

    def greeting(self) -> bytes:
        return b"retry: 2000\n\n"

    def opening(self) -> bytes:
        """Nothing: the wall itself follows at once."""
        return b""

    def sign_of_life(self) -> bytes:
        return f'event: alive\ndata: {{"now":"{self._wallboard_feeds.clock().isoformat()}"}}\n\n'.encode()

    def close(self) -> None:
        self._wallboard_feeds.leave(self)

    def tell(self, shown: Shown, now: float) -> None:
        """Put what is new to this display, by this monotonic clock; its end when it is over. Raises StorageError."""
        if now - self._began >= LONGEST:
            return self.outlet.finish()
        if now - self._asked >= HEARTBEAT:
            self._asked = now
            if not self._allowed():
                return self.outlet.finish(_OVER)
        if shown.mark != self._mark:
            self._mark = shown.mark
            self.outlet.put(shown.data)
        return None

    def __iter__(self) -> Iterator[bytes]:
        """After the greeting, for a server that cannot hold connections."""
        while (taken := self.outlet.take(HEARTBEAT)) is not None:
            yield b"".join(taken) if taken else self.sign_of_life()


class WallboardFeeds:
    """All displays of this process, for any thread. `compose` reads the wall, `stopping` ends the thread, `most` are
    one's own."""

    def __init__(
        self,
        compose: Callable[[], Wallboard],
        clock: Callable[[], datetime],
        stopping: threading.Event,
        most: Callable[[], int],
    ) -> None:
        self._compose, self.clock, self._stopping = compose, clock, stopping
        self._crowd: Crowd[WallboardFeed] = Crowd(most)
        self._lock = threading.Lock()
        self._feeds: dict[WallboardFeed, None] = {}
        self._thread: threading.Thread | None = None
        self._wanted = threading.Event()
        self._shown: Shown | None = None
        self._shown_until = 0.0

    def open(self, who: Hashable, allowed: Callable[[], bool]) -> WallboardFeed:
        """A stream for this display or person; to be closed."""
        feed = WallboardFeed(self, who, allowed)
        with self._lock:
            for oldest in self._crowd.join(who, feed):
                oldest.outlet.finish(frames.crowded())
                self._feeds.pop(oldest, None)
            self._feeds[feed] = None
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="wall", daemon=True)
                self._thread.start()
        self._wanted.set()
        return feed

    def leave(self, feed: WallboardFeed) -> None:
        """Any number of times."""
        self._crowd.leave(feed.who, feed)
        with self._lock:
            self._feeds.pop(feed, None)
        feed.outlet.close()

    def close(self) -> None:
        """Every stream ends."""
        with self._lock:
            feeds = list(self._feeds)
        for feed in feeds:
            feed.outlet.finish()

    def _run(self) -> None:
        """Ends with the last display: the next one begins it anew."""
        while not self._stopping.is_set():
            self._wanted.clear()
            with self._lock:
                feeds = list(self._feeds)
                if not feeds:
                    self._thread = None
                    return
            self._tell(feeds)
            self._wanted.wait(EVERY)
        self.close()

    def _tell(self, feeds: list[WallboardFeed]) -> None:
        """Without the database a display shows nothing new, and that it is cut off if that lasts."""
        try:
            shown = self._now()
            now = monotonic()
            for feed in feeds:
                feed.tell(shown, now)
        except StorageError as error:
            logger.warning("the wall waits for the database: %s", error)
        except Exception:  # one faulty reading must not stop all displays for ever
            logger.exception("the wall could not be told")

    def _now(self) -> Shown:
        """Kept for a moment: displays that come one after the other cost no reading each."""
        if self._shown is None or monotonic() >= self._shown_until:
            wall = self._compose()
            data = frames.event("wall", wall.model_dump_json(), None)
            self._shown = Shown(wall.model_dump_json(exclude={"now"}), data)
            self._shown_until = monotonic() + EVERY * 0.9
        return self._shown


def version() -> str:
    """A display whose page is of another version loads itself anew."""
    return __version__
