"""A real web server (gunicorn) in a process of its own, on each kind of database, and people signed in to it."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
import requests

from hotline.bootstrap import Hotline, bootstrap
from hotline.domain.calls.call import Call
from hotline.domain.outbox import OutboxEntry
from hotline.domain.people import Role
from hotline.domain.time import system_clock
from hotline.services.accounts import accounts
from hotline.services.calls.ledger import record
from hotline.settings import Home
from hotline.storage.outbox import Outbox
from tests.support import forked
from tests.support.killed import kill_group
from tests.support.rig import free_port, wait_until
from tests.support.sse import Client

PASSWORD = "correct horse battery"
NODE = "node1"

SITE = """
[operators.1001]
name = "赵敏"
[operators.1002]
name = "钱伟"
[operators.1003]
name = "孙丽"
[web]
streams_each = 100
"""


class Server:
    """`hotline web`, with everything that a test does to it and to its database."""

    def __init__(self, folder: Path, url: str, site: str = SITE) -> None:
        self.home = Home(folder / "home")
        self.home.create()
        self.port = free_port()
        self.home.settings_file.write_text(site + f'[database]\nurl = "{url}"\n', "utf-8")
        self.environment = {**os.environ, "HOTLINE_HOME": str(self.home.root), "HOTLINE_HTTP_PORT": str(self.port)}
        self.hotline: Hotline = bootstrap(self.home)
        self.clients: list[Client] = []
        self._log = folder / "web.log"
        self._process: forked.Forked | None = None

    def start(self) -> None:
        self._process = forked.begin("web", self.environment, log=self._log)
        wait_until(self._answers, "the web server to answer", 60)

    def _answers(self) -> bool:
        try:
            return requests.get(f"{self.own}/api/v1/health", timeout=2).ok
        except requests.RequestException:
            return False

    @property
    def own(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def stop(self, number: signal.Signals = signal.SIGTERM) -> float:
        """How many seconds it took to end."""
        assert self._process is not None
        began = time.monotonic()
        if number is signal.SIGKILL:
            kill_group(self._process.pid)
        else:
            self._process.send_signal(number)
        self._process.wait(20)
        self._process = None
        return time.monotonic() - began

    def close(self) -> None:
        for client in self.clients:
            client.close()
        if self._process is not None:
            self.stop()
        self.hotline.storage.close()

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def pushing(self) -> psutil.Process:
        """The process that holds the streams."""

        def found() -> list[psutil.Process]:
            return [child for serving in psutil.Process(self.pid).children() for child in serving.children()]

        return wait_until(found, "the process of the push")[0]

    def log(self) -> str:
        return self._log.read_text("utf-8", "replace")

    def signed_in(self, username: str, roles: Sequence[Role], extension: str = "") -> str:
        """The cookie of somebody new."""
        now, storage = system_clock(), self.hotline.storage
        user, first = accounts.add_user(
            storage, username, username, tuple(roles), now, "test", extension or None, self.hotline.settings.operators
        )
        accounts.change_password(storage, user, first, PASSWORD, now)
        return self.sign_in(username)

    def sign_in(self, username: str) -> str:
        session = requests.Session()
        page = session.get(f"{self.own}/sign-in")
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
        assert token is not None
        form = {"csrf_token": token[1], "username": username, "password": PASSWORD}
        assert session.post(f"{self.own}/sign-in", data=form, allow_redirects=False).status_code == 302
        return f"hotline={session.cookies['hotline']}"

    def client(
        self, cookie: str, query: str = "", last_id: int | None = None, stalled: bool = False, buffer: int = 0
    ) -> Client:
        self.clients.append(Client(self.port, cookie, query, last_id, stalled, buffer))
        return self.clients[-1]

    def keep(self, *calls: Call) -> None:
        """As the listener writes them."""
        record(self.hotline.storage, NODE, calls, [], lambda call: None, system_clock())

    def tell(self, topic: str, **payload: object) -> None:
        with self.hotline.storage.writing() as tx:
            Outbox(tx).add([OutboxEntry(topic, payload, system_clock())])


@contextmanager
def running(folder: Path, database: str) -> Iterator[Server]:
    server = Server(folder, database)
    try:
        server.start()
        yield server
    finally:
        server.close()
    assert "Traceback" not in server.log(), server.log()[:5000]


@pytest.fixture
def server(tmp_path: Path, database: str) -> Iterator[Server]:
    with running(tmp_path, database) as server:
        yield server
