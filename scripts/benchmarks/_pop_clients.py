"""Operators' browsers as far as the push goes: one asyncio process with a connection each, that parses the stream."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import time
from collections.abc import Sequence
from multiprocessing.connection import Connection

from tests.support.sse import Parser, unchunked

#: When each event was there (monotonic time), by connection and call.
Arrivals = dict[tuple[int, str], float]

_READY_SECONDS = 60.0


class Clients:
    """The connections, in a process of their own."""

    def __init__(self, port: int, wanted: Sequence[bytes]) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=listen, args=(port, wanted, theirs), daemon=True)
        self._process.start()
        if not self._pipe.poll(90) or self._pipe.recv() != "ready":
            raise RuntimeError("the clients did not get ready")

    def stop(self) -> Arrivals:
        """The first arrival of each pop at each client."""
        self._pipe.send("stop")
        found: Arrivals = {}
        for who, call, at in self._pipe.recv():
            found.setdefault((who, call), at)
        self._process.join(10)
        return found


def listen(port: int, requests: Sequence[bytes], pipe: Connection) -> None:
    """Open a connection for each of `requests`; say "ready" when each has had its first event; on any word from the
    pipe answer with all that came: (connection, key of the event, monotonic time when it was parsed), and end."""
    asyncio.run(_listen(port, requests, pipe))


async def _listen(port: int, requests: Sequence[bytes], pipe: Connection) -> None:
    came: list[tuple[int, str, float]] = []
    ready = asyncio.Semaphore(0)
    readers = [asyncio.create_task(_read(port, n, request, came, ready)) for n, request in enumerate(requests)]
    async with asyncio.timeout(_READY_SECONDS):
        for _ in readers:
            await ready.acquire()
    pipe.send("ready")
    await asyncio.get_running_loop().run_in_executor(None, pipe.recv)
    for reader in readers:
        reader.cancel()
    await asyncio.gather(*readers, return_exceptions=True)
    pipe.send(came)


async def _read(
    port: int, number: int, request: bytes, came: list[tuple[int, str, float]], ready: asyncio.Semaphore
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    if b" 200 " not in head.split(b"\r\n")[0]:
        raise RuntimeError(f"the server answered {head!r}")
    parser, received = Parser(), b""
    while data := await reader.read(65536):
        content, received = unchunked(received + data)
        for event in parser.feed(content):
            if event.name == "hello":
                ready.release()
            elif event.name == "call" and event.data["pop"] is not None:
                came.append((number, event.data["call"]["linkedid"], time.monotonic()))


def request(path: str, cookie: str = "") -> bytes:
    sent = f"Cookie: {cookie}\r\n" if cookie else ""
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\n{sent}\r\n".encode()


def as_event(linkedid: str, size: int) -> bytes:
    """What the reference sends for a pop: as large."""
    data = {"call": {"linkedid": linkedid}, "pop": {"filling": "x" * size}}
    return f"event: call\ndata: {json.dumps(data)}\n\n".encode()
