"""However many pages one person or one display opens, everybody else is served by a real web server as before."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
import requests

from hotline.domain.people import Role
from hotline.domain.time import system_clock
from hotline.services.floor.wallboard_displays import add_display
from hotline.storage.accounts.sessions import SessionStore
from tests.support.prepared import migrated_database
from tests.support.rig import wait_until
from tests.unit.web.push.conftest import Server

SITE = """
[operators.1001]
name = "赵敏"
[operators.1002]
name = "钱伟"
"""

#: More than the server has threads for.
MANY = 300
#: Of one person or display, by default.
EACH = 12


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    database = f"sqlite:///{shutil.copy(migrated_database(), tmp_path / 'hotline.db')}"
    made = Server(tmp_path, database, SITE)
    try:
        made.start()
        yield made
    finally:
        made.close()
    assert "Traceback" not in made.log(), made.log()[:5000]


class Page:
    """A stream that is read only when it is asked for."""

    def __init__(self, server: Server, path: str, cookie: str) -> None:
        self.told = b""
        self.socket = socket.create_connection(("127.0.0.1", server.port), timeout=20)
        self.socket.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\n\r\n".encode())

    def until(self, words: bytes) -> None:
        while words not in self.told:
            more = self.socket.recv(65536)
            assert more, self.told
            self.told += more

    def has_ended(self) -> bool:
        """In good order, as the last chunk says."""
        while more := self.socket.recv(65536):
            self.told += more
        return self.told.endswith(b"0\r\n\r\n")


@pytest.mark.parametrize("whose", ["display", "operator"])
def test_many_streams_of_one_take_nothing_from_others(server: Server, whose: str) -> None:
    if whose == "display":
        token = add_display(server.hotline.storage, "大厅", "test", system_clock())[1]
        path, cookie, first = "/floor/wall/events", f"hotline_display={token}", b"event: wall"
    else:
        path, cookie, first = "/api/v1/events", server.signed_in("zhao", (Role.OPERATOR,), "1001"), b"event: hello"
    pages = []
    for _ in range(MANY):
        pages.append(Page(server, path, cookie))
        pages[-1].until(first)
    for page in pages[: MANY - EACH]:
        assert page.has_ended() and b"retry: 60000\nevent: crowded" in page.told
    assert requests.get(f"{server.own}/api/v1/health", timeout=20).ok
    other = server.client(server.signed_in("qian", (Role.OPERATOR,), "1002"))
    assert other.hello().data["resumed"] is False
    for process in (server.pushing(), psutil.Process(server.pid).children()[0]):
        wait_until(lambda process=process: process.num_fds() < 100, "what has ended to be closed")  # type: ignore[misc]
    server.tell("line", open=True, until=None)
    other.wait(lambda: other.of("line"), "what happens now")
    if whose == "operator":
        for page in pages[MANY - EACH :]:
            page.until(b"event: line")


def test_a_question_for_the_headers_holds_nothing(server: Server) -> None:
    cookie = server.signed_in("sun", (Role.SUPERVISOR,))
    for path in ("/api/v1/events", "/floor/wall/events"):
        answer = requests.head(f"{server.own}{path}", headers={"Cookie": cookie}, timeout=20)
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/event-stream; charset=utf-8")


def test_a_reader_of_http_1_0_gets_a_stream_without_frames(server: Server) -> None:
    """A proxy may ask so."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as reader:
        cookie = server.signed_in("zhao", (Role.OPERATOR,), "1001")
        reader.sendall(f"GET /api/v1/events HTTP/1.0\r\nHost: localhost\r\nCookie: {cookie}\r\n\r\n".encode())
        told = b""
        while b"event: line" not in told:
            told += reader.recv(65536)
            if b"event: hello" in told and b"event: line" not in told:
                server.tell("line", open=True, until=None)
        head, _, body = told.partition(b"\r\n\r\n")
        assert b"Transfer-Encoding" not in head and body.startswith(b"retry: 1000\n\nid: ")
        assert b"\n\nid: " in body and b"\r\n" not in body


def test_a_revoked_session_ends_the_wall_it_shows(server: Server) -> None:
    cookie = server.signed_in("sun", (Role.SUPERVISOR,))
    page = Page(server, "/floor/wall/events", cookie)
    page.until(b"event: wall")
    with server.hotline.storage.writing() as tx:
        for session in SessionStore(tx).open():
            SessionStore(tx).end(session.id, "test", "left", system_clock())  # type: ignore[arg-type]
    assert page.has_ended() and b"event: over" in page.told
