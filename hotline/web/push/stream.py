"""One reader's connection: who they are is told first, then what they missed, then what comes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from hotline.domain.outbox import OutboxEntry
from hotline.services.accounts import sessions
from hotline.services.operators.pop_audit import note_pops
from hotline.settings import Settings
from hotline.storage.outbox import Outbox
from hotline.storage.transaction import Storage, Transaction
from hotline.web.held import line
from hotline.web.push import frames
from hotline.web.push.hub import BATCH, Hub
from hotline.web.push.subscriber import Subscriber
from hotline.web.push.teller import Teller, session_over

#: Seconds after which a browser that lost the connection comes back, in milliseconds as it is told.
COME_BACK_MS = 1000

#: Entries that are told to somebody who comes back. Whoever missed more loads anew what is shown: that costs less.
REPLAY = 2000


class Stream:
    """The bytes of one connection, from `join` until the reader or the server goes.

    All that has to be read is read at the beginning: who holds the connection afterwards waits for no database.
    """

    def __init__(
        self,
        hub: Hub,
        storage: Storage,
        settings: Settings,
        clock: Callable[[], datetime],
        subscriber: Subscriber,
        after: int | None,
    ) -> None:
        self._hub, self._storage, self._settings, self._clock = hub, storage, settings, clock
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
        with self._storage.reading() as tx:
            if self._is_over(tx):
                self.outlet.finish()
                return session_over("ended", None)
            if self._after is None:
                return b""
            entries = missed_entries(tx, self._after, self._from)
            if entries is None:
                return frames.event("reset", "{}", self._from)
            now = self._clock()
            teller = Teller(tx, self._settings, now, entries)
            told = [teller.about(entry, self.outlet.reader, lambda call_id: None) for entry in teller.entries]
        messages = [message for message in told if message is not None]
        popped = [(self.outlet.reader.who.name, m.call) for m in messages if m.pops and m.call is not None]
        note_pops(self._storage, popped, now)
        return b"".join(message.data for message in messages) + frames.heartbeat(self._from)

    def _is_over(self, tx: Transaction) -> bool:
        session_id = self.outlet.reader.session_id
        return session_id is not None and not sessions.is_live(
            tx, session_id, self._clock(), self._settings.web.session_hours
        )


def missed_entries(tx: Transaction, after: int, until: int) -> list[OutboxEntry] | None:
    """The entries in (`after`, `until`]; None when some were thrown away, are too many, or are of another database."""
    if after == until:
        return []
    first = Outbox(tx).first_id()
    if after > until or first == 0 or first > after + 1:
        return None
    found: list[OutboxEntry] = []
    while len(found) <= REPLAY:
        some = Outbox(tx).after(found[-1].id or 0 if found else after, BATCH)
        found += [entry for entry in some if (entry.id or 0) <= until]
        if len(some) < BATCH or (some[-1].id or 0) >= until:
            return found if len(found) <= REPLAY else None
    return None
