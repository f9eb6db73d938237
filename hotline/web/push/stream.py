"""One reader's connection: who they are is told first, then what they missed, then what comes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from hotline.domain.records import OutboxEntry
from hotline.services import sessions
from hotline.services.pop_views import note_pops
from hotline.services.ports import Storage, Work
from hotline.settings import Settings
from hotline.web.push import frames
from hotline.web.push.hub import BATCH, Hub
from hotline.web.push.subscriber import Subscriber
from hotline.web.push.teller import Teller, session_over

#: Seconds of silence after which a comment line says that the connection still stands.
HEARTBEAT = 10.0

#: Seconds after which a browser that lost the connection comes back, in milliseconds as it is told.
COME_BACK_MS = 1000

#: Entries that are told to somebody who comes back. Whoever missed more loads anew what is shown: that costs less.
REPLAY = 2000


class Stream:
    """The bytes of one connection, from `join` until the reader or the server goes."""

    def __init__(self, hub: Hub, storage: Storage, settings: Settings, clock: Callable[[], datetime],
                 subscriber: Subscriber, after: int | None) -> None:
        self._hub, self._storage, self._settings, self._clock = hub, storage, settings, clock
        self._subscriber, self._after = subscriber, after
        self._from = hub.join(subscriber)

    def close(self) -> None:
        self._hub.leave(self._subscriber)

    def __iter__(self) -> Iterator[bytes]:
        """Ends when the session has ended, the server stops, or the reader is cut off."""
        yield f"retry: {COME_BACK_MS}\n\n".encode() + self._hello()
        if self._is_over():
            yield session_over("ended", None)
            return
        if self._after is not None:
            yield from self._missed(self._after)
        while (taken := self._subscriber.take(HEARTBEAT)) is not None:
            # How far all was put is asked before whether all was taken: then all of it was.
            position = self._hub.position
            yield b"".join(taken) if taken else self._heartbeat(position)

    def _hello(self) -> bytes:
        """Its id is what the reader has, not what there is: the connection may be lost before the rest is told."""
        told = {
            "server_time": self._clock().isoformat().replace("+00:00", "Z"),
            "last_id": self._from,
            "resumed": self._after is not None,
        }
        return frames.event("hello", frames.plain(told), self._from if self._after is None else self._after)

    def _is_over(self) -> bool:
        """The session may have ended between its check and the joining; later ends come as news."""
        session_id = self._subscriber.reader.session_id
        if session_id is None:
            return False
        with self._storage.reading() as work:
            return not sessions.is_live(work, session_id, self._clock(), self._settings.web.session_hours)

    def _heartbeat(self, position: int) -> bytes:
        return frames.heartbeat(position) if self._subscriber.idle() else b": \n\n"

    def _missed(self, after: int) -> Iterator[bytes]:
        """What concerns this reader of (`after`, where they joined]; `reset` when that is not to be had any more."""
        with self._storage.reading() as work:
            entries = missed_entries(work, after, self._from)
            if entries is None:
                yield frames.event("reset", "{}", self._from)
                return
            now = self._clock()
            teller = Teller(work, self._settings, now, entries)
            told = [teller.about(entry, self._subscriber.reader, lambda call_id: None) for entry in teller.entries]
        messages = [message for message in told if message is not None]
        yield b"".join(message.data for message in messages) + frames.heartbeat(self._from)
        popped = [(self._subscriber.reader.who.name, m.call) for m in messages if m.pops and m.call is not None]
        note_pops(self._storage, popped, now)


def missed_entries(work: Work, after: int, until: int) -> list[OutboxEntry] | None:
    """The entries in (`after`, `until`]; None when some were thrown away, are too many, or are of another database."""
    if after == until:
        return []
    first = work.outbox.first_id()
    if after > until or first == 0 or first > after + 1:
        return None
    found: list[OutboxEntry] = []
    while len(found) <= REPLAY:
        some = work.outbox.after(found[-1].id or 0 if found else after, BATCH)
        found += [entry for entry in some if (entry.id or 0) <= until]
        if len(some) < BATCH or (some[-1].id or 0) >= until:
            return found if len(found) <= REPLAY else None
    return None
