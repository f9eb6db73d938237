"""From the AMI event of a ringing phone to the pop at the operator, beside a bare server that pushes as much.

A hundred operators' connections in one client process, the real web server and the real listener in theirs, each on
SQLite and on PostgreSQL with 100,000 calls in the ledger. What is measured runs from before the bytes of the phone's
CHAN_START are sent until the client has parsed the event `call` with its pop. The reference is gunicorn with threads
and ten lines: no database, nothing to decide, one event of the same size for each pop, sent by HTTP.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import requests

from hotline.settings.home import TREE
from hotline.storage.migrate import upgrade
from scripts.benchmarks import _pop_clients
from scripts.benchmarks._pop_calls import linkedid
from scripts.benchmarks._pop_clients import Arrivals
from scripts.benchmarks._pop_paging import Paged, Paging
from scripts.benchmarks._pop_site import OPERATORS, RATE, SECONDS, Site, extensions_of
from scripts.benchmarks._result import Result
from scripts.benchmarks._sizes import databases
from tests.support.databases import postgres_server
from tests.support.rig import free_port, wait_until

#: Phones that ring together where a call rings at several.
TOGETHER = 10
#: As large as a pop of a caller with five earlier calls.
POP_BYTES = 2500


def run(say: Callable[[str], None], paging: Sequence[Paging] = (), operators: int = OPERATORS) -> Iterator[Result]:
    """`paging`: measure each once more while so many people page, or read reports, and so with each of them.
    `operators`: whose connections stand. HOTLINE_BENCH_DATABASES: as of the sizes."""
    bare = _milliseconds(*_bare(extensions_of(operators)))
    say(f"  bare server: p50 {_at(bare, 50):.1f} ms, p99 {_at(bare, 99):.1f} ms")
    for name in databases():
        with tempfile.TemporaryDirectory(prefix="hotline-bench-") as folder, _database(name, Path(folder)) as url:
            site = Site(Path(folder), url, operators, any(each.reads_reports for each in paging))
            try:
                site.start()
                yield from _measure(site, name, bare, paging, say)
            finally:
                site.stop()


def _measure(
    site: Site, name: str, bare: list[float], paging: Sequence[Paging], say: Callable[[str], None]
) -> Iterator[Result]:
    for phones in (1, TOGETHER):
        where = f"{name}, each call at {phones} phone{'s' if phones > 1 else ''}"
        ours, notes = _pops(site, phones)
        say(f"  {where}: p50 {_at(ours, 50):.1f} ms, p99 {_at(ours, 99):.1f} ms; {notes}")
        yield from _results(where, ours, bare, "bare gunicorn gthread", notes)
        for each in paging:
            yield from _beside(site, where, phones, ours, each, say)


def _beside(
    site: Site, where: str, phones: int, ours: list[float], paging: Paging, say: Callable[[str], None]
) -> Iterator[Result]:
    with site.paging(paging) as paged:
        beside, notes = _pops(site, phones)
    notes = f"{notes}; {_told(paging, paged)}"
    say(
        f"  the same, {paging.people} at {paging.what} every {paging.pause:g} s: p50 {_at(beside, 50):.1f} ms "
        f"beside {_at(ours, 50):.1f} ms, p99 {_at(beside, 99):.1f} ms beside {_at(ours, 99):.1f} ms; {notes}"
    )
    told = f"{where}, {paging.people} people at {paging.what}"
    yield from _results(told, beside, ours, "the same with nobody paging", notes)


def _pops(site: Site, phones: int) -> tuple[list[float], str]:
    """Milliseconds of each pop, shortest first, and what else there is to say."""
    some = site.extensions
    at_once = [[some[(n + k) % len(some)] for k in range(phones)] for n in range(len(some))]
    rang, arrived, used = site.ring(at_once)
    found = _milliseconds(rang, arrived)
    missing = len(rang) * phones - len(arrived)
    return found, f"{len(arrived)} pops, {missing} missing, longest {found[-1]:.0f} ms; processor: {used}"


def _results(
    where: str, ours: list[float], reference: list[float], reference_name: str, notes: str
) -> Iterator[Result]:
    for share in (50, 99):
        metric = f"AMI event to parsed pop, p{share}, {where}"
        yield Result("pop", metric, _at(ours, share), _at(reference, share), reference_name, "ms", notes)


def _told(paging: Paging, paged: Paged) -> str:
    pages = paged.milliseconds
    told = f"{len(pages)} {paging.what}, p50 {_at(pages, 50):.0f} ms, p99 {_at(pages, 99):.0f} ms"
    return f"{told}, {paged.refused} told to ask again" if paged.refused else told


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


def _bare(extensions: Sequence[str]) -> tuple[dict[str, float], Arrivals]:
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
            str(len(extensions) + 64),
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
        clients = _pop_clients.Clients(port, [_pop_clients.request(f"/{extension}") for extension in extensions])
        rang: dict[str, float] = {}
        began = time.monotonic()
        with requests.Session() as session:
            for number in range(int(RATE * SECONDS)):
                time.sleep(max(0.0, began + number / RATE - time.monotonic()))
                rang[linkedid(number)] = time.monotonic()
                body = _pop_clients.as_event(linkedid(number), POP_BYTES)
                session.post(f"http://127.0.0.1:{port}/{extensions[number % len(extensions)]}", data=body, timeout=10)
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
