"""The browser phone's WebSocket through a real web server: who is handed on to Asterisk, and that bytes pass."""

from __future__ import annotations

import contextlib
import signal
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hotline.domain.operators.presence import Activity, OperatorPresence
from hotline.domain.people import Role
from hotline.domain.time import system_clock
from hotline.services.accounts import sessions
from hotline.storage.migrate import upgrade
from hotline.storage.operators.store import PresenceStore
from tests.support.rig import free_port, wait_until
from tests.unit.web.push.conftest import Server

SITE = """
[operators.1001]
name = "赵敏"
phone = "webrtc"
[operators.1002]
name = "钱伟"
[operators.1003]
name = "孙丽"
phone = "webrtc"
[listen]
asterisk_http_port = {port}
"""

AGREED = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"


class Inside:
    """Stands in for Asterisk's HTTP server: answers, then gives back what comes."""

    def __init__(self, port: int) -> None:
        self.answer, self.asked = AGREED, list[bytes]()
        self.open: set[socket.socket] = set()
        self.server = socket.create_server(("127.0.0.1", port))
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _address = self.server.accept()
            except OSError:
                return
            threading.Thread(target=self._echo, args=(connection,), daemon=True).start()

    def _echo(self, connection: socket.socket) -> None:
        self.open.add(connection)
        with connection:
            self.asked.append(connection.recv(65536))
            connection.sendall(self.answer)
            while data := connection.recv(65536):
                connection.sendall(data)
        self.open.discard(connection)

    def close(self) -> None:
        with contextlib.suppress(OSError):  # closed already
            self.server.shutdown(socket.SHUT_RDWR)
        self.server.close()


@pytest.fixture
def inside() -> Iterator[Inside]:
    made = Inside(free_port())
    yield made
    made.close()


@pytest.fixture
def server(tmp_path: Path, inside: Inside) -> Iterator[Server]:
    database = f"sqlite:///{tmp_path}/hotline.db"
    upgrade(database)
    made = Server(tmp_path, database, SITE.format(port=inside.server.getsockname()[1]))
    try:
        made.start()
        yield made
    finally:
        made.close()


class Browser:
    """One handshake; `origin` "" leaves the header out."""

    def __init__(self, server: Server, cookie: str = "", origin: str = "own", upgrade: bool = True) -> None:
        self.socket = socket.create_connection(("127.0.0.1", server.port), timeout=15)
        host = f"127.0.0.1:{server.port}"
        lines = [
            "GET /ws HTTP/1.1",
            f"Host: {host}",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Protocol: sip",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Extensions: permessage-deflate",
        ]
        lines += ["Connection: keep-alive, Upgrade", "Upgrade: websocket"] if upgrade else []
        lines += [f"Cookie: {cookie}"] if cookie else []
        lines += [f"Origin: {f'http://{host}' if origin == 'own' else origin}"] if origin else []
        self.socket.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        self.head = b""
        while b"\r\n\r\n" not in self.head and (data := self.socket.recv(4096)):
            self.head += data

    @property
    def status(self) -> int:
        return int(self.head.split()[1])


def operator(server: Server, username: str = "zhao", extension: str = "1001") -> str:
    return server.signed_in(username, (Role.OPERATOR,), extension)


def test_an_operators_page_is_handed_on_and_bytes_pass_both_ways(server: Server, inside: Inside) -> None:
    browser = Browser(server, operator(server))
    assert browser.head == AGREED
    for size in (1, 3_000_000):
        data = bytes(range(256)) * (size // 256 + 1)
        threading.Thread(target=browser.socket.sendall, args=(data,)).start()
        got = b""
        while len(got) < len(data):
            got += browser.socket.recv(65536)
        assert got == data
    (asked,) = inside.asked
    assert asked.startswith(f"GET /{server.hotline.secrets.asterisk_http_prefix}/ws HTTP/1.1\r\n".encode())
    assert b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==" in asked and b"Sec-WebSocket-Protocol: sip" in asked
    assert b"Cookie" not in asked and b"Origin" not in asked and b"Extensions" not in asked
    browser.socket.close()
    wait_until(lambda: not inside.open, "the other side to be told")


def test_a_page_of_another_site_is_not_handed_on(server: Server, inside: Inside) -> None:
    cookie = operator(server)
    for origin in ("", "null", "http://evil.example", "https://127.0.0.1", "http://127.0.0.1"):
        assert Browser(server, cookie, origin=origin).status == 403, origin
    assert inside.asked == []


def test_nobody_without_a_phone_in_the_browser_is_handed_on(server: Server, inside: Inside) -> None:
    for nobody in ("", "hotline=made-up"):
        assert Browser(server, nobody).status == 302  # to the sign-in page, which no WebSocket follows
    assert Browser(server, operator(server, "qian", "1002")).status == 403  # a phone on the desk
    assert Browser(server, server.signed_in("sun", (Role.SUPERVISOR,))).status == 403
    assert Browser(server, operator(server), upgrade=False).status == 400
    assert inside.asked == []


def test_it_ends_with_the_session_but_not_in_a_call(server: Server, inside: Inside) -> None:
    """F12: who leaves loses all access."""
    free, talks = Browser(server, operator(server)), Browser(server, operator(server, "sun", "1003"))
    now = system_clock()
    busy = OperatorPresence("1003", now, now, ("service",), activity=Activity.TALKING, node="node1", linkedid="1.1")
    with server.hotline.storage.writing() as tx:
        PresenceStore(tx).save([busy])
    for username in ("zhao", "sun"):
        sessions.end_all_by_administrator(server.hotline.storage, username, "somebody left", "test", now)
    assert free.socket.recv(1) == b""
    talks.socket.sendall(b"x")
    assert talks.socket.recv(1) == b"x"
    with server.hotline.storage.writing() as tx:
        PresenceStore(tx).save([replace(busy, activity=Activity.IDLE)])
    assert talks.socket.recv(1) == b""


def test_what_asterisk_refuses_stays_inside(server: Server, inside: Inside) -> None:
    inside.answer = b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret"
    refused = Browser(server, operator(server))
    assert refused.status == 502 and b"secret" not in refused.head
    assert refused.socket.recv(100) == b""


def test_an_asterisk_that_is_away_is_said_to_be(server: Server, inside: Inside) -> None:
    inside.close()
    assert Browser(server, operator(server)).status == 502


def test_a_fifth_one_of_the_same_phone_ends_the_oldest(server: Server, inside: Inside) -> None:
    cookie, other = operator(server), operator(server, "sun", "1003")
    first, *rest = (Browser(server, cookie) for _ in range(5))
    assert first.socket.recv(1) == b""
    for browser in (*rest, Browser(server, other)):
        assert browser.status == 101


def test_a_server_that_stops_ends_it_and_the_next_one_hands_it_on_again(server: Server, inside: Inside) -> None:
    cookie = operator(server)
    browser = Browser(server, cookie)
    server.stop(signal.SIGTERM)
    assert browser.socket.recv(1) == b""
    server.start()
    assert Browser(server, cookie).status == 101
