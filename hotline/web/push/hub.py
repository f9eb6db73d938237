"""The readers, and how far each has been told the outbox."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Event, Lock

from hotline.domain.errors import HotlineError
from hotline.domain.operators.push import Reader, ToldCall
from hotline.domain.outbox import OutboxEntry
from hotline.services.operators.news import News, NewsSource
from hotline.web.held.crowd import Crowd
from hotline.web.push import frames
from hotline.web.push.subscriber import Subscriber
from hotline.web.push.teller import Message, Teller

#: Calls of which is remembered what readers were told: more than last at once, and those that have just ended.
REMEMBERED = 2000


#: Under what readers of the whole floor are found; no extension is called so.
_FLOOR = "*"


class PushUnavailable(HotlineError):
    """No page can be pushed to now: as many are as the server may open files for, or it is stopping."""

    kind = "push_unavailable"


@dataclass(frozen=True, slots=True)
class Popped:
    """An operator was shown a call's pop; `who` as in the audit log."""

    who: str
    call_id: int


class Hub:
    """For any thread. `position`: up to which id all that concerns a reader has been put into their place.

    A reader joins between two readings, never within one: what came before is theirs to ask for, all that comes after
    is put to them.
    """

    def __init__(self, source: NewsSource, most: int) -> None:
        self._source, self._most = source, most
        self._lock = Lock()
        self._crowd: Crowd[Subscriber] = Crowd(lambda: source.settings.web.streams_each)
        self._subscribers: dict[Reader, list[Subscriber]] = {}
        self._by_extension: dict[str, set[Reader]] = {}
        self._memory: OrderedDict[int, dict[Reader, ToldCall]] = OrderedDict()
        self._closed = False
        self.position = 0
        self.has_readers = Event()

    def join(self, subscriber: Subscriber) -> int:
        """The position from which on all is put to this reader. Raises PushUnavailable, StorageError."""
        with self._lock:
            if self._closed or len(self) >= self._most:
                raise PushUnavailable("machine.stopping") if self._closed else PushUnavailable("machine.too_many_pages")
            if not self._subscribers:
                self._begin()
            for oldest in self._crowd.join(subscriber.reader.who.name, subscriber):
                oldest.finish(frames.crowded())
                self._drop(oldest)
            self._subscribers.setdefault(subscriber.reader, []).append(subscriber)
            for key in _keys(subscriber.reader):
                self._by_extension.setdefault(key, set()).add(subscriber.reader)
            self.has_readers.set()
            return self.position

    def leave(self, subscriber: Subscriber) -> None:
        """Any number of times."""
        self._crowd.leave(subscriber.reader.who.name, subscriber)
        with self._lock:
            self._drop(subscriber)
            if not self._subscribers:
                self.has_readers.clear()
        subscriber.close()

    def _drop(self, subscriber: Subscriber) -> None:
        there = self._subscribers.get(subscriber.reader, [])
        if subscriber in there:
            there.remove(subscriber)
        if not there:
            self._subscribers.pop(subscriber.reader, None)
            for key in _keys(subscriber.reader):
                self._by_extension.get(key, set()).discard(subscriber.reader)

    def __len__(self) -> int:
        return sum(map(len, self._subscribers.values()))

    def everyone(self) -> list[Subscriber]:
        with self._lock:
            return [each for there in self._subscribers.values() for each in there]

    def close(self) -> None:
        """All streams end, and none begins any more."""
        self._closed = True
        self.end_all()

    def end_all(self) -> None:
        """All streams end; their browsers come back."""
        for subscriber in self.everyone():
            subscriber.finish()

    def tell_news(self, now: datetime) -> list[Popped]:
        """Read what is new and put it to whom it concerns; who was shown which pop. Raises StorageError, and then
        nothing was told."""
        with self._lock, self._source.snapshot() as news:
            popped: list[Popped] = []
            for entries in news.after(self.position):
                popped += self._tell(news, entries, now)
            return popped

    def _begin(self) -> None:
        self.position = self._source.last_id()
        self._memory.clear()

    def _tell(self, news: News, entries: Sequence[OutboxEntry], now: datetime) -> list[Popped]:
        """All is composed before the first is told: a database that goes away meanwhile leaves nothing half told."""
        teller = Teller(news, now, entries)
        messages = [(reader, message) for entry in teller.entries for reader, message in self._compose(teller, entry)]
        popped = [one for reader, message in messages for one in self._put(reader, message)]
        self.position = entries[-1].id or self.position
        return popped

    def _compose(self, teller: Teller, entry: OutboxEntry) -> Iterator[tuple[Reader, Message]]:
        for reader in self._audience(teller.concerned(entry)):
            message = teller.about(entry, reader, self._before(reader))
            if message is not None:
                yield reader, message

    def _audience(self, extensions: frozenset[str] | None) -> Iterable[Reader]:
        """Who is to be asked: with a hundred readers and as many changes a second not each of them about each."""
        if extensions is None:
            return self._subscribers
        found = [reader for extension in extensions for reader in self._by_extension.get(extension, ())]
        return dict.fromkeys([*found, *self._by_extension.get(_FLOOR, ())])

    def _before(self, reader: Reader) -> Callable[[int], ToldCall | None]:
        return lambda call_id: self._memory.get(call_id, {}).get(reader)

    def _put(self, reader: Reader, message: Message) -> Iterator[Popped]:
        if message.call is not None and message.told is not None:
            self._remember(message.call, reader, message.told)
        for subscriber in self._subscribers[reader]:
            arrived = subscriber.put(message.data)
            if message.ends:
                subscriber.finish()
            if arrived and message.pops and message.call is not None:
                yield Popped(reader.who.name, message.call)

    def _remember(self, call_id: int, reader: Reader, told: ToldCall) -> None:
        self._memory.setdefault(call_id, {})[reader] = told
        self._memory.move_to_end(call_id)
        while len(self._memory) > REMEMBERED:
            self._memory.popitem(last=False)


def _keys(reader: Reader) -> tuple[str, ...]:
    """Under what the reader is found."""
    return tuple(key for key in (reader.extension, _FLOOR if reader.floor else "") if key)
