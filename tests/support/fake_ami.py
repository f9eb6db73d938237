"""An AMI server that does what a test tells it, well-behaved or not."""

from __future__ import annotations

import re
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

BANNER = b"Asterisk Call Manager/11.0.0\r\n"


class Connection:
    """One client. Reading gives b"" when it has gone."""

    def __init__(self, connection: socket.socket) -> None:
        self.socket = connection
        self._received = b""

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)

    def action(self) -> dict[str, str]:
        """The next action; empty when the client has gone."""
        while b"\r\n\r\n" not in self._received:
            try:
                data = self.socket.recv(65536)
            except OSError:
                return {}
            if not data:
                return {}
            self._received += data
        text, _, self._received = self._received.partition(b"\r\n\r\n")
        return dict(re.findall(r"^([^:]+): (.*)$", text.decode().replace("\r", ""), re.MULTILINE))

    def reply(self, action: dict[str, str], response: str = "Success", **headers: str) -> None:
        named = {"Response": response, "ActionID": action.get("ActionID", ""), **headers}
        self.send("".join(f"{key}: {value}\r\n" for key, value in named.items()).encode() + b"\r\n")

    def log_in(self) -> dict[str, str]:
        """Banner, and any login accepted."""
        self.send(BANNER)
        login = self.action()
        self.reply(login, Message="Authentication accepted")
        return login

    def wait_until_gone(self) -> None:
        while self.action():
            pass

    def reset(self) -> None:
        """Close with RST."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()


@contextmanager
def fake_ami(serve: Callable[[Connection], object], tls: ssl.SSLContext | None = None) -> Iterator[int]:
    """A server on a free port of loopback; each connection is served by a thread of its own."""
    server = socket.create_server(("127.0.0.1", 0))
    connections: list[socket.socket] = []
    threads: list[threading.Thread] = []

    def one(raw: socket.socket) -> None:
        try:
            # As Asterisk does: else a short event waits until the one before it is acknowledged, up to 40 ms.
            raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with tls.wrap_socket(raw, server_side=True) if tls else raw as connection:
                serve(Connection(connection))
        except OSError:
            return  # the client went while it was being answered

    def accept() -> None:
        while True:
            try:
                raw, _address = server.accept()
            except OSError:
                return
            connections.append(raw)
            threads.append(threading.Thread(target=one, args=(raw,), daemon=True))
            threads[-1].start()

    accepting = threading.Thread(target=accept, daemon=True)
    accepting.start()
    try:
        yield server.getsockname()[1]
    finally:
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        accepting.join()
        for raw in connections:
            try:
                raw.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue
        for thread in threads:
            thread.join(5)
