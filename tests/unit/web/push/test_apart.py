"""The push in its own process, by real processes: killed, it begins anew and nothing is lost; it outlives no server."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Pipe
from threading import Event
from typing import Any

import psutil
import pytest
import requests

from hotline.domain.errors import HotlineError, StorageError
from hotline.domain.operators.push import Reader
from hotline.domain.people import Actor, Role
from hotline.web.push import apart, process
from hotline.web.push.hub import PushUnavailable
from hotline.web.push.opening import Asked
from tests.support.live_calls import ringing, waiting
from tests.support.rig import wait_until
from tests.support.sse import Client
from tests.unit.web.push.conftest import Server

OPERATOR = (Role.OPERATOR,)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_when_it_dies_pages_come_back_to_another_and_no_pop_is_lost(server: Server, number: signal.Signals) -> None:
    cookie = server.signed_in("zhao", OPERATOR, "1001")
    client = server.client(cookie)
    client.hello()
    before = server.pushing()
    before.send_signal(number)
    client.wait(client.closed.is_set, "the end of its streams")
    server.keep(ringing(waiting("node1-1.1"), "1001"))
    assert requests.get(f"{server.own}/api/v1/health", timeout=20).ok
    back = server.client(cookie, last_id=client.parser.last_id)
    back.wait(lambda: back.of("call"), "what was missed, by whoever is there to tell it")
    wait_until(lambda: "it begins anew" in server.log() and server.pushing().pid != before.pid, "another", 60)
    if not _holds(server.pushing(), back):
        wait_until(back.closed.is_set, "the page to be sent there", 60)
        assert back.complete
        back = server.client(cookie, last_id=back.parser.last_id)
    server.keep(ringing(waiting("node1-1.2"), "1001"))
    back.wait(lambda: back.of("call")[-1:] and back.of("call")[-1].data["call"]["linkedid"] == "node1-1.2", "the next")
    assert back.of("call")[-1].data["pop"] and _holds(server.pushing(), back)


def test_it_ends_with_the_server_that_is_told_to(server: Server) -> None:
    server.client(server.signed_in("zhao", OPERATOR, "1001")).hello()
    with _ends(server.pushing()):
        server.stop()
    assert "begins anew" not in server.log()


def test_it_ends_with_a_server_that_is_killed(server: Server) -> None:
    client = server.client(server.signed_in("zhao", OPERATOR, "1001"))
    client.hello()
    pushing, [serving] = server.pushing(), psutil.Process(server.pid).children()
    with _ends(pushing):
        for killed in (server.pid, serving.pid):
            os.kill(killed, signal.SIGKILL)
        client.wait(client.closed.is_set, "the end of its streams")


def test_a_page_that_goes_before_its_stream_begins_leaves_none_open() -> None:
    ours, theirs = Pipe()
    stream = _Stream()
    ours.send(Asked(READER, 7))
    ours.close()
    with pytest.raises((EOFError, OSError)):
        process._converse(_Push(stream), theirs)  # type: ignore[arg-type]
    assert stream.closed


@pytest.mark.parametrize("error", [PushUnavailable("machine.too_many_pages"), StorageError("machine.storage_away")])
def test_why_no_stream_is_opened_is_told_to_the_reader(error: HotlineError) -> None:
    ours, theirs = Pipe()
    ours.send(Asked(READER, None))
    process._converse(_Push(error), theirs)  # type: ignore[arg-type]
    with pytest.raises(type(error)) as told:
        apart._greeting(ours.recv())
    assert told.value.reason == error.reason


READER = Reader(Actor("zhao", OPERATOR, "赵敏", 1, "1001"), 1)


class _Stream:
    closed = False

    def greeting(self) -> bytes:
        return b"hello"

    def close(self) -> None:
        self.closed = True


class _Push:
    """Opens this, or refuses so."""

    stopping = Event()

    def __init__(self, opens: object) -> None:
        self._opens = opens

    def open(self, reader: Reader, after: int | None) -> Any:
        assert reader == READER
        if isinstance(self._opens, Exception):
            raise self._opens
        return self._opens


def _holds(found: psutil.Process, client: Client) -> bool:
    """Whether the other end of the page's connection is this process's."""
    own = client.socket.getsockname()[1] if not client.closed.is_set() else 0
    return own in {port for each in found.net_connections("tcp") for port in each.raddr[1:]}


@contextmanager
def _ends(found: psutil.Process) -> Iterator[None]:
    yield
    wait_until(lambda: not found.is_running() or found.status() == psutil.STATUS_ZOMBIE, "the process to end")
