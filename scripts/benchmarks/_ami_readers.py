"""Others' AMI clients, decoding each event and handing it to a function that counts. Each gives events a
second, from the first event to the last."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from time import perf_counter

LIMIT_SECONDS = 120.0


class Counter:
    """Counts to `wanted`, then says that all are there."""

    def __init__(self, wanted: int, done: Callable[[], None]) -> None:
        self._wanted, self._done = wanted, done
        self._count, self._began, self.rate = 0, 0.0, 0.0

    def __call__(self, *_args: object, **_named: object) -> None:
        if not self._count:
            self._began = perf_counter()
        self._count += 1
        if self._count == self._wanted:
            self.rate = (self._count - 1) / (perf_counter() - self._began)
            self._done()


def panoramisk(port: int, events: int) -> float:
    from panoramisk import Manager

    async def read() -> float:
        done = asyncio.Event()
        counter = Counter(events, done.set)
        manager = Manager(host="127.0.0.1", port=port, username="u", secret="s", ping_delay=600)
        manager.register_event("*", counter)
        await manager.connect()
        await asyncio.wait_for(done.wait(), LIMIT_SECONDS)
        manager.close()
        return counter.rate

    return asyncio.run(read())


def asterisk_ami(port: int, events: int) -> float:
    from asterisk.ami import AMIClient

    done = threading.Event()
    counter = Counter(events, done.set)
    client = AMIClient("127.0.0.1", port, timeout=LIMIT_SECONDS)
    client.add_event_listener(counter)
    client.login("u", "s")
    done.wait(LIMIT_SECONDS)
    return counter.rate


def pyst2(port: int, events: int) -> float:
    from asterisk.manager import Manager

    done = threading.Event()
    counter = Counter(events, done.set)
    manager = Manager()
    manager.register_event("*", counter)
    manager.connect("127.0.0.1", port)
    manager.login("u", "s")
    done.wait(LIMIT_SECONDS)
    return counter.rate
