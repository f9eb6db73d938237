"""While a report is counted, and others wait behind it, calls pop and the server answers; its threads give way (F1)."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg
import pytest
import requests

from hotline.domain.people import Role
from hotline.web.page_worker import PAGES_NICE
from tests.support.live_calls import ringing, waiting
from tests.support.rig import wait_until
from tests.unit.web.push.conftest import Server, running

REPORT = "/reports/view/volume?period=year"
_PATIENCE = 30


@pytest.fixture
def beside(tmp_path: Path, postgres_url: str) -> Iterator[Server]:
    """On the database that lets a test hold a report up for as long as it likes."""
    with running(tmp_path, postgres_url) as server:
        yield server


@contextmanager
def _held_up(server: Server) -> Iterator[psycopg.Connection]:
    """Every report: nobody reads the kept days."""
    url = server.hotline.storage.url.replace("postgresql+psycopg", "postgresql")
    with psycopg.connect(url) as connection:
        connection.execute("LOCK TABLE report_day IN ACCESS EXCLUSIVE MODE")
        yield connection
        connection.rollback()


def _held(connection: psycopg.Connection) -> int:
    row = connection.execute("SELECT COUNT(*) FROM pg_locks WHERE NOT granted").fetchone()
    assert row is not None
    return int(row[0])


def _get(server: Server, cookie: str) -> int:
    return requests.get(server.own + REPORT, headers={"Cookie": cookie}, timeout=_PATIENCE).status_code


def test_f1_calls_pop_and_the_server_answers_while_reports_wait(beside: Server) -> None:
    """Of three who wait behind one, one goes away and is counted for nobody; the others get theirs."""
    mine = beside.client(beside.signed_in("zhao", (Role.OPERATOR,), "1001"))
    mine.hello()
    bosses = [beside.signed_in(f"boss{n}", (Role.SUPERVISOR,)) for n in range(4)]
    with ThreadPoolExecutor(3) as pool, _held_up(beside) as database:
        reports = [pool.submit(_get, beside, cookie) for cookie in bosses[:3]]
        with socket.create_connection(("127.0.0.1", beside.port)) as gone:
            gone.sendall(f"GET {REPORT} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {bosses[3]}\r\n\r\n".encode())
            wait_until(lambda: _held(database) == 1, "a report at work")
        beside.keep(ringing(waiting("node1-1.1"), "1001"))
        mine.wait(lambda: mine.of("call"), "the pop")
        assert requests.get(f"{beside.own}/api/v1/health", timeout=_PATIENCE).ok
        assert _held(database) == 1, "others do not stand before the database"
        assert not any(each.done() for each in reports)
        database.rollback()
        assert [each.result(_PATIENCE) for each in reports] == [200, 200, 200]


def test_f1_the_threads_that_make_pages_give_way_and_the_push_never_does(server: Server) -> None:
    """Also the push that is begun anew."""
    serving = psutil.Process(server.pid).children()[0]
    assert server.own  # it has answered, so there is such a thread
    niceness = {int(_stat(task)[16]) for task in Path(f"/proc/{serving.pid}/task").iterdir()}
    usual = os.getpriority(os.PRIO_PROCESS, 0)
    assert niceness == {usual, min(19, usual + PAGES_NICE)}
    assert serving.nice() == usual
    first = server.pushing()
    assert first.nice() == usual
    first.send_signal(signal.SIGKILL)
    wait_until(lambda: server.pushing().pid != first.pid, "the next push")
    assert server.pushing().nice() == usual


def _stat(task: Path) -> list[str]:
    """From the third field on: the name, which may hold blanks, stands before."""
    return (task / "stat").read_text().rpartition(")")[2].split()
