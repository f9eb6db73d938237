"""A client of server-sent events that a test steers by hand: what came, in order, and waiting for what must come."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.support.rig import wait_until


@dataclass(frozen=True)
class Event:
    id: int | None
    name: str
    data: dict[str, Any]


class Parser:
    """Bytes in, events out, as WHATWG HTML 9.2.6 reads them (UTF-8, LF, one line of data)."""

    def __init__(self) -> None:
        self._rest = b""
        self.last_id: int | None = None

    def feed(self, data: bytes) -> list[Event]:
        *blocks, self._rest = (self._rest + data).split(b"\n\n")
        return [event for block in blocks if (event := self._event(block.decode())) is not None]

    def _event(self, block: str) -> Event | None:
        fields = dict(line.split(": ", 1) for line in block.split("\n") if not line.startswith(":") and ": " in line)
        if "id" in fields:
            self.last_id = int(fields["id"])
        if "data" not in fields:
            return None
        return Event(self.last_id, fields.get("event", "message"), json.loads(fields["data"]))


def unchunked(data: bytes) -> tuple[bytes, bytes]:
    """The whole chunks' content, and the rest."""
    content = b""
    while (end := data.find(b"\r\n")) >= 0:
        size = int(data[:end], 16)
        if len(data) < end + 2 + size + 2:
            break
        content += data[end + 2 : end + 2 + size]
        data = data[end + 2 + size + 2 :]
        if size == 0:
            break
    return content, data


class Client:
    """A connection to /api/v1/events; reads in a thread of its own unless `stalled`."""

    def __init__(
        self,
        port: int,
        cookie: str,
        query: str = "",
        last_id: int | None = None,
        stalled: bool = False,
        buffer: int = 0,
    ) -> None:
        self.parser = Parser()
        self.events: list[Event] = []
        self.status = 0
        self.closed = threading.Event()
        self.complete = False
        self.socket = socket.socket()
        if buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        self.socket.connect(("127.0.0.1", port))
        resume = "" if last_id is None else f"Last-Event-ID: {last_id}\r\n"
        self.socket.sendall(
            f"GET /api/v1/events{query} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\n{resume}\r\n".encode()
        )
        self._thread = threading.Thread(target=self._read, daemon=True)
        if not stalled:
            self._thread.start()

    def of(self, name: str) -> list[Event]:
        return [event for event in self.events if event.name == name]

    def wait(self, true: Callable[[], object], what: str) -> None:
        try:
            wait_until(true, what, 15)
        except AssertionError as error:
            came = [(event.id, event.name) for event in self.events]
            raise AssertionError(f"{error}; {self.status}, closed: {self.closed.is_set()}, came: {came}") from None

    def hello(self) -> Event:
        self.wait(lambda: self.events, "the hello")
        assert self.events[0].name == "hello"
        return self.events[0]

    def close(self) -> None:
        self.socket.close() if not self._thread.is_alive() else self.socket.shutdown(socket.SHUT_RDWR)
        if self._thread.is_alive():
            self._thread.join(5)
        self.socket.close()

    def _read(self) -> None:
        received, inside = b"", False
        try:
            while data := self.socket.recv(65536):
                received += data
                if not inside and b"\r\n\r\n" in received:
                    head, _, received = received.partition(b"\r\n\r\n")
                    self.status, inside = int(head.split()[1]), True
                if inside:
                    self.complete = received.endswith(b"0\r\n\r\n")
                    content, received = unchunked(received)
                    self.events += self.parser.feed(content)
        except OSError:
            pass  # cut
        finally:
            self.closed.set()
