"""A hotline for the benchmark of the pop: all of it real but Asterisk, with a past and people signed in."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import psutil
import requests
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer

from hotline.asterisk import cel_database
from hotline.bootstrap import Hotline, bootstrap
from hotline.bootstrap.web import make_app
from hotline.domain.people import Role
from hotline.domain.time import system_clock
from hotline.services.accounts import accounts, sessions
from hotline.services.reports.facts import rebuild
from hotline.settings import Home
from hotline.settings.home import TREE
from hotline.storage.accounts.users import UserStore
from scripts.benchmarks._pop_calls import Asterisk, send
from scripts.benchmarks._pop_clients import Arrivals, Clients, request
from scripts.benchmarks._pop_history import fill
from scripts.benchmarks._pop_paging import Paged, Paging, paging
from tests.support.fake_ami import fake_ami
from tests.support.pbx import RememberingPbx
from tests.support.rig import free_port, wait_until

OPERATORS, RATE, SECONDS, PAST_CALLS = 100, 10.0, 30, 100_000
NODE = "lab"


def extensions_of(operators: int) -> list[str]:
    return [str(3001 + number) for number in range(operators)]


class Site:
    """A hotline whose Asterisk is played: the real web server and listener, a past, and people signed in."""

    def __init__(self, folder: Path, url: str, operators: int, figures: bool = False) -> None:
        """`figures`: the reports have the past too, which takes a while."""
        self._figures = figures
        self.extensions = extensions_of(operators)
        self._folder, self._exits = folder, ExitStack()
        self._asterisk = Asterisk()
        ami = self._exits.enter_context(fake_ami(self._asterisk.serve))
        self._home = Home(folder / "home")
        self._home.create()
        self._cel_file = folder / "cel.db"
        cel_database.prepare(self._cel_file)
        self._port = free_port()
        self._home.settings_file.write_text(_settings(url, self._cel_file, self.extensions), "utf-8")
        self._environment = {
            **os.environ,
            "HOTLINE_HOME": str(self._home.root),
            "HOTLINE_AMI_PORT": str(ami),
            "HOTLINE_HTTP_PORT": str(self._port),
        }
        self._hotline: Hotline = bootstrap(self._home)
        self._signer = _signer(self._hotline)
        self._processes: dict[str, psutil.Popen] = {}
        self._calls = 0
        self._paging: list[str] = []

    def start(self) -> None:
        fill(self._hotline.storage, NODE, self.extensions, PAST_CALLS, system_clock())
        if self._figures:
            rebuild(self._hotline.storage, self._hotline.settings, system_clock())
        if self._hotline.storage.engine.dialect.name == "postgresql":
            # The tests' server runs without autovacuum: it would plan as if the tables were empty, and read each row
            # where its index says enough.
            with self._hotline.storage.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql("VACUUM ANALYZE")
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
        cookies = [self._signed_in(f"u{extension}", Role.OPERATOR, extension) for extension in self.extensions]
        self._requests = [request("/api/v1/events", cookie) for cookie in cookies]

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
        """Seconds of processor time by process; the web server and what holds its streams apart."""
        found: dict[str, float] = {}
        for name, top in self._processes.items():
            for each in (top, *top.children(recursive=True)):
                own = "push" if "push" in each.cmdline() else name
                found[own] = found.get(own, 0.0) + each.cpu_times().user + each.cpu_times().system
        return found

    @contextmanager
    def paging(self, wanted: Paging) -> Iterator[Paged]:
        """Supervisors page through the ledger, or read reports, meanwhile."""
        for number in range(len(self._paging), wanted.people):
            self._paging.append(self._signed_in(f"p{number + 1}", Role.SUPERVISOR))
        with paging(self._port, self._paging[: wanted.people], wanted.pause, wanted.pages) as paged:
            yield paged

    def _signed_in(self, username: str, role: Role, extension: str | None = None) -> str:
        """Somebody new; the cookie that the sign-in page gives them."""
        storage, now = self._hotline.storage, system_clock()
        user, _first = accounts.add_user(storage, username, username, (role,), now, "bench", extension, self.extensions)
        with storage.writing() as tx:
            UserStore(tx).update(replace(user, must_change_password=False))
        token = sessions.begin(storage, user, "127.0.0.1", "bench", now)
        return "hotline=" + self._signer.dumps({"_user_id": token, "_permanent": True})


def _signer(hotline: Hotline) -> URLSafeTimedSerializer:
    """Of the web server's cookies."""
    app = make_app(hotline, RememberingPbx())
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signer is not None
    return signer


def _settings(url: str, cel_file: Path, extensions: Sequence[str]) -> str:
    operators = "".join(f'[operators.{e}]\nname = "operator {e}"\n' for e in extensions)
    return (
        f'[site]\nnode = "{NODE}"\n[database]\nurl = "{url}"\n[asterisk]\nprivate = false\n'
        f'cel_database = "{cel_file}"\n{operators}'
    )


def _answers(url: str) -> bool:
    try:
        return requests.get(url, timeout=2).ok
    except requests.RequestException:
        return False
