"""One reader's connection: who they are is told first, then what they missed, then what comes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from hotline.services.operators.news import News, NewsSource
from hotline.web.held import line
from hotline.web.push import frames
from hotline.web.push.hub import Hub
from hotline.web.push.subscriber import Subscriber
from hotline.web.push.teller import Teller, session_over

#: Seconds after which a browser that lost the connection comes back, in milliseconds as it is told.
COME_BACK_MS = 1000


class Stream:
    """The bytes of one connection, from `join` until the reader or the server goes.

    All that has to be read is read at the beginning: who holds the connection afterwards waits for no database.
    """

    def __init__(
        self, hub: Hub, source: NewsSource, clock: Callable[[], datetime], subscriber: Subscriber, after: int | None
    ) -> None:
        self._hub, self._source, self._clock = hub, source, clock
        self.outlet, self._after = subscriber, after
        self._from = hub.join(subscriber)
        try:
            self._opening = self._missed()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        self._hub.leave(self.outlet)

    def greeting(self) -> bytes:
        return f"retry: {COME_BACK_MS}\n\n".encode() + self._hello()

    def opening(self) -> bytes:
        """What was missed."""
        return self._opening

    def sign_of_life(self) -> bytes:
        # How far all was put is asked before whether all was taken: then all of it was.
        position = self._hub.position
        return frames.heartbeat(position) if self.outlet.idle() else b": \n\n"

    def __iter__(self) -> Iterator[bytes]:
        """After the greeting. Ends when the session has ended, the server stops, or the reader is cut off."""
        if self._opening:
            yield self._opening
        while (taken := self.outlet.take(line.HEARTBEAT)) is not None:
            yield b"".join(taken) if taken else self.sign_of_life()

    def _hello(self) -> bytes:
        """Its id is what the reader has, not what there is: the connection may be lost before the rest is told."""
        told = {
            "server_time": self._clock().isoformat().replace("+00:00", "Z"),
            "last_id": self._from,
            "resumed": self._after is not None,
        }
        return frames.event("hello", frames.plain(told), self._from if self._after is None else self._after)

    def _missed(self) -> bytes:
        """What concerns this reader of (what they have seen, where they joined]; `reset` when that is not to be had any
        more. The session may have ended between its check and the joining; later ends come as news."""
        with self._source.snapshot() as news:
            if self._is_over(news):
                self.outlet.finish()
                return session_over("ended", None)
            if self._after is None:
                return b""
            entries = news.missed(self._after, self._from)
            if entries is None:
                return frames.event("reset", "{}", self._from)
            now = self._clock()
            teller = Teller(news, now, entries)
            told = [teller.about(entry, self.outlet.reader, lambda call_id: None) for entry in teller.entries]
        messages = [message for message in told if message is not None]
        popped = [(self.outlet.reader.who.name, m.call) for m in messages if m.pops and m.call is not None]
        self._source.note_pops(popped, now)
        return b"".join(message.data for message in messages) + frames.heartbeat(self._from)

    def _is_over(self, news: News) -> bool:
        session_id = self.outlet.reader.session_id
        return session_id is not None and not news.is_live(session_id, self._clock())
