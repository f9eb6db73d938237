"""A browser's WebSocket handed on to a server inside: bytes both ways, once that server has agreed to it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any

from hotline.web.held.holder import prepare

logger = logging.getLogger(__name__)

#: Seconds within which the server inside has to agree.
_AGREES_WITHIN = 5.0

#: Seconds between two looks at whether whoever has it may still have it.
LOOK_EVERY = 5.0

#: Bytes that wait on either side before no more is read from the other.
_AHEAD = 64 * 1024

#: Of a browser's handshake, what the server inside is told (RFC 6455, 4.1). No extension: it would have to agree.
_HANDED_ON = ("Sec-WebSocket-Key", "Sec-WebSocket-Version", "Sec-WebSocket-Protocol")

_AWAY = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Inside:
    """The server inside, and its path."""

    host: str
    port: int
    path: str


def handshake(inside: Inside, headers: Mapping[str, str]) -> bytes:
    """The browser's request as the server inside gets it: nothing else of it passes."""
    handed_on = [f"{name}: {headers[name]}" for name in _HANDED_ON if name in headers]
    host = f"[{inside.host}]" if ":" in inside.host else inside.host
    lines = [
        f"GET {inside.path} HTTP/1.1",
        f"Host: {host}:{inside.port}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        *handed_on,
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


class Tunnel:
    """`run` in the loop, until either side goes, or `allowed` says no: asked every LOOK_EVERY, and may wait. `close`
    from any thread ends it."""

    def __init__(self, connection: socket.socket, inside: Inside, request: bytes, allowed: Callable[[], bool]) -> None:
        self._connection, self._inside, self._request, self._allowed = connection, inside, request, allowed
        self._task: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._over = False

    async def run(self) -> None:
        self._loop, self._task = asyncio.get_running_loop(), asyncio.current_task()
        with self._connection as connection:
            if self._over:
                return
            prepare(connection)
            connection.setblocking(False)
            reader, writer = await asyncio.open_connection(sock=connection, limit=_AHEAD)
            with contextlib.suppress(ConnectionError), contextlib.closing(writer):
                await self._serve(reader, writer)

    def close(self) -> None:
        self._over = True
        if self._loop is not None and self._task is not None:
            with contextlib.suppress(RuntimeError):  # the loop has ended, and all in it
                self._loop.call_soon_threadsafe(self._task.cancel)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(_AGREES_WITHIN):
                theirs, to_them = await asyncio.open_connection(self._inside.host, self._inside.port, limit=_AHEAD)
                to_them.write(self._request)
                answer = await theirs.readuntil(b"\r\n\r\n")
        except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError) as error:
            logger.warning("the phones' WebSocket is away: %s", str(error) or "no answer")
            writer.write(_AWAY)
            return
        with contextlib.closing(to_them):
            if not answer.startswith(b"HTTP/1.1 101 "):
                logger.warning("the phones' WebSocket was refused: %s", answer.split(b"\r\n")[0].decode("latin-1"))
                writer.write(_AWAY)
                return
            writer.write(answer)
            await _first_end(_pump(reader, to_them), _pump(theirs, writer), self._while_allowed())

    async def _while_allowed(self) -> None:
        loop = asyncio.get_running_loop()
        while await loop.run_in_executor(None, self._allowed):
            await asyncio.sleep(LOOK_EVERY)


async def _pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await source.read(_AHEAD):
            sink.write(data)
            await sink.drain()


async def _first_end(*ways: Coroutine[Any, Any, None]) -> None:
    """A WebSocket that lost one of its ways is none."""
    tasks = [asyncio.create_task(way) for way in ways]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
