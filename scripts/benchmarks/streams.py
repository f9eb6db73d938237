"""What a thousand idle streams cost: the same server without and with them, in the same run.

Ours is with the streams, the reference without: time of /api/v1/health and of a whole sign-in; threads, resident memory
and processor time of the serving process and the one that pushes, together. Then one change that concerns all of them,
until the last has been told.
"""

from __future__ import annotations

import os
import re
import resource
import selectors
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import psutil
import requests

from hotline.bootstrap import Hotline, bootstrap
from hotline.domain.outbox import OutboxEntry
from hotline.domain.people import Role
from hotline.domain.time import system_clock
from hotline.services.accounts import accounts
from hotline.settings import Home
from hotline.settings.home import TREE
from hotline.storage.migrate import upgrade
from hotline.storage.outbox import Outbox
from scripts.benchmarks._result import Result
from tests.support.rig import free_port, wait_until

STREAMS, QUESTIONS, IDLE_SECONDS = 1000, 100, 30
#: Of one name no more than ten a minute are let in.
SIGN_INS = 4
PASSWORD = "correct horse battery"


@dataclass(frozen=True)
class Measured:
    health_ms: float
    sign_in_ms: float
    threads: int
    megabytes: float
    busy_percent: float


def run(say: Callable[[str], None], streams: int = STREAMS, idle_seconds: float = IDLE_SECONDS) -> Iterator[Result]:
    _open_many_files()
    with tempfile.TemporaryDirectory(prefix="hotline-bench-") as folder, ExitStack() as stack:
        home, port = Home(Path(folder) / "home"), free_port()
        hotline = _prepare(home, port, streams)
        server = subprocess.Popen(
            [sys.executable, "-m", "hotline.cli", "web"],
            cwd=TREE,
            stderr=subprocess.DEVNULL,
            env=_environment(home, port),
        )
        stack.callback(server.wait, 20)
        stack.callback(server.terminate)
        wait_until(lambda: _health(port), "the web server", 60)
        serving = psutil.Process(server.pid).children()[0]
        processes = [serving, *serving.children()]
        if len(processes) != 2:
            raise RuntimeError(f"the server and the push would be two processes: {processes}")
        _sign_in(port)  # what the first requests load is no stream's
        before = _measure(port, processes, idle_seconds)
        began = time.monotonic()
        readers = _open(port, _sign_in(port), streams)
        for reader in readers:
            stack.callback(reader.close)
        say(f"  {streams} streams opened in {time.monotonic() - began:.1f} s")
        after = _measure(port, processes, idle_seconds)
        told = _tell(hotline, readers)
    note = f"{streams} streams; each {(after.megabytes - before.megabytes) * 1024 / streams:.0f} kB"
    for metric, of, unit in (
        ("health, median", "health_ms", "ms"),
        ("sign-in, median", "sign_in_ms", "ms"),
        ("threads", "threads", ""),
        ("memory", "megabytes", "MB"),
        ("processor, idle", "busy_percent", "%"),
    ):
        yield Result("streams", metric, getattr(after, of), getattr(before, of), "no streams", unit, note)
    yield Result("streams", "a change told to all", told * 1000, 0.0, "no streams", "ms", note)


def _environment(home: Home, port: int) -> dict[str, str]:
    return {**os.environ, "HOTLINE_HOME": str(home.root), "HOTLINE_HTTP_PORT": str(port)}


def _prepare(home: Home, port: int, streams: int) -> Hotline:
    home.create()
    database = f"sqlite:///{home.root}/hotline.db"
    text = f'[operators.1001]\nname = "赵敏"\n[database]\nurl = "{database}"\n[web]\nstreams_each = {streams}\n'
    home.settings_file.write_text(text, "utf-8")
    upgrade(database)
    hotline = bootstrap(home)
    now = system_clock()
    user, first = accounts.add_user(
        hotline.storage, "zhao", "赵敏", (Role.OPERATOR,), now, "bench", "1001", hotline.settings.operators
    )
    accounts.change_password(hotline.storage, user, first, PASSWORD, now)
    return hotline


def _open_many_files() -> None:
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def _health(port: int) -> bool:
    try:
        return requests.get(f"http://127.0.0.1:{port}/api/v1/health", timeout=10).ok
    except requests.RequestException:
        return False


def _sign_in(port: int) -> str:
    """The session's cookie."""
    with requests.Session() as session:
        page = session.get(f"http://127.0.0.1:{port}/sign-in", timeout=30)
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
        assert token is not None
        form = {"csrf_token": token[1], "username": "zhao", "password": PASSWORD}
        answer = session.post(f"http://127.0.0.1:{port}/sign-in", data=form, allow_redirects=False, timeout=30)
        if answer.status_code != 302:
            raise RuntimeError(f"the sign-in was refused: {answer.status_code}")
        return f"hotline={session.cookies['hotline']}"


def _measure(port: int, processes: Sequence[psutil.Process], idle_seconds: float) -> Measured:
    health = [_seconds(lambda: _health(port)) for _ in range(QUESTIONS)]
    sign_in = [_seconds(lambda: _sign_in(port)) for _ in range(SIGN_INS)]
    used = _used(processes)
    time.sleep(idle_seconds)
    busy = (_used(processes) - used) / idle_seconds if idle_seconds else 0.0
    return Measured(
        statistics.median(health) * 1000,
        statistics.median(sign_in) * 1000,
        sum(each.num_threads() for each in processes),
        sum(each.memory_info().rss for each in processes) / 2**20,
        busy * 100,
    )


def _used(processes: Sequence[psutil.Process]) -> float:
    """Seconds of processor time so far."""
    return sum(each.cpu_times().user + each.cpu_times().system for each in processes)


def _seconds(act: Callable[[], object]) -> float:
    began = time.monotonic()
    act()
    return time.monotonic() - began


def _open(port: int, cookie: str, streams: int) -> list[socket.socket]:
    """Each has been told hello."""
    readers: list[socket.socket] = []
    for _ in range(streams):
        reader = socket.create_connection(("127.0.0.1", port), timeout=30)
        reader.sendall(f"GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\n\r\n".encode())
        received = b""
        while b"event: hello" not in received:
            more = reader.recv(65536)
            if not more:
                raise RuntimeError(f"stream {len(readers) + 1} was refused: {received[:200]!r}")
            received += more
        readers.append(reader)
    return readers


def _tell(hotline: Hotline, readers: list[socket.socket]) -> float:
    """Seconds until the last has it."""
    selector = selectors.DefaultSelector()
    for reader in readers:
        reader.setblocking(False)
        selector.register(reader, selectors.EVENT_READ)
    began = time.monotonic()
    with hotline.storage.writing() as tx:
        Outbox(tx).add([OutboxEntry("line", {"open": True, "until": None}, system_clock())])
    while selector.get_map() and time.monotonic() < began + 30:
        for key, _events in selector.select(1):
            received = key.fileobj.recv(65536)  # type: ignore[union-attr]
            if not received or b"event: line" in received:
                selector.unregister(key.fileobj)
    if selector.get_map():
        raise RuntimeError(f"{len(selector.get_map())} streams were not told within 30 s")
    return time.monotonic() - began
