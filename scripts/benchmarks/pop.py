"""From the AMI event of a ringing phone to the pop at the operator, beside a bare server that pushes as much.

A hundred operators' connections in one client process, the real web server and the real listener in theirs, each on
SQLite and on PostgreSQL with 100,000 calls in the ledger. What is measured runs from before the bytes of the phone's
CHAN_START are sent until the client has parsed the event `call` with its pop. The reference is gunicorn with threads
and ten lines: no database, nothing to decide, one event of the same size for each pop, sent by HTTP.
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import psutil
import requests
from flask.sessions import SecureCookieSessionInterface

from hotline.asterisk import cel_database
from hotline.bootstrap import Hotline, bootstrap
from hotline.bootstrap.web import make_app
from hotline.domain.people import Role
from hotline.domain.time import system_clock
from hotline.services.accounts import accounts, sessions
from hotline.settings import Home
from hotline.settings.home import TREE
from hotline.storage.accounts.users import UserStore
from hotline.storage.migrate import upgrade
from scripts.benchmarks import _pop_clients
from scripts.benchmarks._pop_calls import Asterisk, linkedid, send
from scripts.benchmarks._pop_history import fill
from scripts.benchmarks._result import Result
from tests.support.databases import postgres_server
from tests.support.fake_ami import fake_ami
from tests.support.pbx import RememberingPbx
from tests.support.rig import free_port, wait_until

OPERATORS, RATE, SECONDS, PAST_CALLS = 100, 10.0, 30, 100_000
EXTENSIONS = [str(3001 + number) for number in range(OPERATORS)]
#: Phones that ring together where a call rings at several.
TOGETHER = 10
#: As large as a pop of a caller with five earlier calls.
POP_BYTES = 2500
NODE = "lab"

Arrivals = dict[tuple[int, str], float]


def run(say: Callable[[str], None]) -> Iterator[Result]:
    bare = _milliseconds(*_bare())
    say(f"  bare server: p50 {_at(bare, 50):.1f} ms, p99 {_at(bare, 99):.1f} ms")
    for name in ("SQLite", "PostgreSQL"):
        with tempfile.TemporaryDirectory(prefix="hotline-bench-") as folder, _database(name, Path(folder)) as url:
            site = Site(Path(folder), url)
            try:
                site.start()
                yield from _measure(site, name, bare, say)
            finally:
                site.stop()


def _measure(site: Site, name: str, bare: list[float], say: Callable[[str], None]) -> Iterator[Result]:
    for phones in (1, TOGETHER):
        at_once = [[EXTENSIONS[(n + k) % OPERATORS] for k in range(phones)] for n in range(OPERATORS)]
        rang, arrived, used = site.ring(at_once)
        ours = _milliseconds(rang, arrived)
        missing = len(rang) * phones - len(arrived)
        notes = f"{len(arrived)} pops, {missing} missing, longest {ours[-1]:.0f} ms; processor: {used}"
        say(f"  {name}, {phones} at a time: p50 {_at(ours, 50):.1f} ms, p99 {_at(ours, 99):.1f} ms; {notes}")
        where = f"{name}, each call at {phones} phone{'s' if phones > 1 else ''}"
        for share in (50, 99):
            yield Result(
                "pop",
                f"AMI event to parsed pop, p{share}, {where}",
                _at(ours, share),
                _at(bare, share),
                "bare gunicorn gthread",
                "ms",
                notes,
            )


def _milliseconds(rang: dict[str, float], arrived: Arrivals) -> list[float]:
    return sorted((at - rang[call]) * 1000 for (_who, call), at in arrived.items())


def _at(values: Sequence[float], share: int) -> float:
    return values[min(len(values) * share // 100, len(values) - 1)]


@contextmanager
def _database(name: str, folder: Path) -> Iterator[str]:
    if name == "SQLite":
        url = f"sqlite:///{folder / 'hotline.db'}"
        upgrade(url)
        yield url
        return
    with postgres_server() as server, server.database() as url:
        yield url


class Clients:
    """The connections, in a process of their own."""

    def __init__(self, port: int, wanted: Sequence[bytes]) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_pop_clients.listen, args=(port, wanted, theirs), daemon=True)
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


class Site:
    """A hotline whose Asterisk is played: the real web server and listener, a past, and people signed in."""

    def __init__(self, folder: Path, url: str) -> None:
        self._folder, self._exits = folder, ExitStack()
        self._asterisk = Asterisk()
        ami = self._exits.enter_context(fake_ami(self._asterisk.serve))
        self._home = Home(folder / "home")
        self._home.create()
        self._cel_file = folder / "cel.db"
        cel_database.prepare(self._cel_file)
        self._port = free_port()
        self._home.settings_file.write_text(_settings(url, self._cel_file), "utf-8")
        self._environment = {
            **os.environ,
            "HOTLINE_HOME": str(self._home.root),
            "HOTLINE_AMI_PORT": str(ami),
            "HOTLINE_HTTP_PORT": str(self._port),
        }
        self._hotline: Hotline = bootstrap(self._home)
        self._processes: dict[str, psutil.Popen] = {}
        self._calls = 0

    def start(self) -> None:
        fill(self._hotline.storage, NODE, EXTENSIONS, PAST_CALLS, system_clock())
        for name in ("web", "listener"):
            with (self._folder / f"{name}.log").open("ab") as log:
                self._processes[name] = psutil.Popen(
                    [sys.executable, "-m", "hotline.cli", name],
                    cwd=TREE,
                    env=self._environment,
                    stdout=log,
                    stderr=log,
                    stdin=subprocess.DEVNULL,
                )
        wait_until(lambda: _answers(f"http://127.0.0.1:{self._port}/api/v1/health"), "the web server", 60)
        wait_until(self._asterisk.connected.is_set, "the listener", 60)
        cookies = self._signed_in()
        self._requests = [_pop_clients.request("/api/v1/events", cookie) for cookie in cookies]

    def stop(self) -> None:
        for process in self._processes.values():
            process.terminate()
        for process in self._processes.values():
            process.wait(20)
        self._exits.close()
        self._hotline.storage.close()

    def ring(self, at_once: Sequence[Sequence[str]]) -> tuple[dict[str, float], Arrivals, str]:
        """Calls at RATE for SECONDS: when each rang, when each pop was there, and what the processes used."""
        clients = Clients(self._port, self._requests)
        before = self._used()
        calls = range(self._calls, self._calls + int(RATE * SECONDS))
        self._calls = calls.stop
        rang = send(self._asterisk, self._cel_file, calls, RATE, at_once)
        after = self._used()
        used = ", ".join(f"{name} {(after[name] - before[name]) / SECONDS * 100:.0f} %" for name in after)
        return rang, clients.stop(), used

    def _used(self) -> dict[str, float]:
        return {
            name: sum(p.cpu_times().user + p.cpu_times().system for p in (top, *top.children(recursive=True)))
            for name, top in self._processes.items()
        }

    def _signed_in(self) -> list[str]:
        """Cookies of a hundred operators, as the sign-in page gives them."""
        hotline, now = self._hotline, system_clock()
        app = make_app(hotline, RememberingPbx())
        signer = SecureCookieSessionInterface().get_signing_serializer(app)
        assert signer is not None
        cookies = []
        for extension in EXTENSIONS:
            user, _first = accounts.add_user(
                hotline.storage, f"u{extension}", extension, (Role.OPERATOR,), now, "bench", extension, EXTENSIONS
            )
            with hotline.storage.writing() as tx:
                UserStore(tx).update(replace(user, must_change_password=False))
            token = sessions.begin(hotline.storage, user, "127.0.0.1", "bench", now)
            cookies.append("hotline=" + signer.dumps({"_user_id": token, "_permanent": True}))
        return cookies


def _settings(url: str, cel_file: Path) -> str:
    operators = "".join(f'[operators.{e}]\nname = "operator {e}"\n' for e in EXTENSIONS)
    return (
        f'[site]\nnode = "{NODE}"\n[database]\nurl = "{url}"\n[asterisk]\nprivate = false\n'
        f'cel_database = "{cel_file}"\n{operators}'
    )


def _answers(url: str) -> bool:
    try:
        return requests.get(url, timeout=2).ok
    except requests.RequestException:
        return False


def _bare() -> tuple[dict[str, float], Arrivals]:
    """The same calls, each told to one reader, by the bare server."""
    port = free_port()
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "gunicorn",
            "-k",
            "gthread",
            "-w",
            "1",
            "--threads",
            "256",
            "-b",
            f"127.0.0.1:{port}",
            "--log-level",
            "error",
            "--graceful-timeout",
            "1",
            "--no-control-socket",
            "scripts.benchmarks._pop_bare:app",
        ],
        cwd=TREE,
    )
    try:
        wait_until(lambda: _accepts(port), "the bare server", 60)
        clients = Clients(port, [_pop_clients.request(f"/{extension}") for extension in EXTENSIONS])
        rang: dict[str, float] = {}
        began = time.monotonic()
        with requests.Session() as session:
            for number in range(int(RATE * SECONDS)):
                time.sleep(max(0.0, began + number / RATE - time.monotonic()))
                rang[linkedid(number)] = time.monotonic()
                body = _pop_clients.as_event(linkedid(number), POP_BYTES)
                session.post(f"http://127.0.0.1:{port}/{EXTENSIONS[number % OPERATORS]}", data=body, timeout=10)
        threading.Event().wait(0.5)
        return rang, clients.stop()
    finally:
        server.terminate()
        server.wait(20)


def _accepts(port: int) -> bool:
    try:
        return bool(requests.post(f"http://127.0.0.1:{port}/nobody", data=b"", timeout=2).ok)
    except requests.RequestException:
        return False
