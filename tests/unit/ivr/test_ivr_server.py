"""The FastAGI server in process, over real sockets: calls side by side, strangers, too many, and its end."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from ivr.names import Variable
from ivr.server import IvrServer, Script
from ivr.session import Session
from tests.unit.ivr.peer import FakeAsterisk, header


@contextmanager
def running(scripts: dict[str, Script], max_sessions: int = 50) -> Iterator[IvrServer]:
    server = IvrServer("127.0.0.1", 0, scripts, max_sessions)
    thread = threading.Thread(target=server.serve)
    thread.start()
    try:
        yield server
    finally:
        server.stop()
        thread.join(5)
        server.drain(0.1)
        assert not thread.is_alive()


def dial(server: IvrServer, **changed: str) -> FakeAsterisk:
    peer = FakeAsterisk(socket.create_connection(("127.0.0.1", server.port)), {}, **changed)
    peer.start()
    return peer


def until(condition: Callable[[], bool], seconds: float = 5.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come to that"
        time.sleep(0.005)


def name_the_call(session: Session) -> None:
    session.set_variable(Variable.SUBJECT, session.variables.uniqueid)


def test_each_call_has_its_own_session() -> None:
    with running({"call": name_the_call}) as server:
        peers = [dial(server, agi_uniqueid=f"node1-{n}") for n in range(20)]
        for peer in peers:
            peer.join(5)
        until(lambda: server.sessions == 0)
    assert [peer.commands for peer in peers] == [[f'SET VARIABLE "HL_SUBJECT" "node1-{n}"'] for n in range(20)]


def test_an_unknown_script_is_closed_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    with running({"call": name_the_call}) as server:
        peer = dial(server, agi_network_script="nosuch")
        peer.join(5)
    assert peer.commands == []
    assert "unknown script" in caplog.text


def test_a_fault_in_one_call_reaches_no_other(caplog: pytest.LogCaptureFixture) -> None:
    def script(session: Session) -> None:
        if session.variables.uniqueid == "bad":
            raise RuntimeError("a fault")
        name_the_call(session)

    with running({"call": script}) as server:
        bad, good = dial(server, agi_uniqueid="bad"), dial(server, agi_uniqueid="good")
        bad.join(5)
        good.join(5)
        until(lambda: server.sessions == 0)
    assert bad.commands == []
    assert len(good.commands) == 1
    assert "a session failed" in caplog.text


def test_strangers_leave_no_thread_and_hold_up_no_call() -> None:
    """A port scan: connects that close at once, say nothing sensible, or stay silent."""
    with running({"call": name_the_call}) as server:
        before = threading.active_count()
        for content in (b"", b"\n", b"GET / HTTP/1.0\r\n\r\n", b"\xff" * 100, b"agi_network: yes\n"):
            with socket.create_connection(("127.0.0.1", server.port)) as stranger:
                stranger.sendall(content)
        silent = socket.create_connection(("127.0.0.1", server.port))
        peer = dial(server)
        peer.join(5)
        assert len(peer.commands) == 1
        silent.close()
        until(lambda: server.sessions == 0)
        until(lambda: threading.active_count() <= before)


def test_a_call_too_many_is_closed_at_once_so_that_the_dialplan_goes_on() -> None:
    with running({"call": name_the_call}, max_sessions=2) as server:
        held = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(2)]
        until(lambda: server.sessions == 2)
        with socket.create_connection(("127.0.0.1", server.port)) as third:
            third.settimeout(5)
            assert third.recv(1) == b""
        for connection in held:
            connection.close()
        until(lambda: server.sessions == 0)
        peer = dial(server)
        peer.join(5)
        assert len(peer.commands) == 1


def test_stopping_lets_a_running_call_be_passed_on_and_takes_no_more() -> None:
    go_on = threading.Event()

    def script(session: Session) -> None:
        go_on.wait(5)
        session.set_variable(Variable.ROUTE, "queue")

    with running({"call": script}) as server:
        peer = dial(server)
        until(lambda: server.sessions == 1)
        server.stop()
        until(lambda: not _accepts(server.port))
        threading.Timer(0.05, go_on.set).start()
        assert server.drain(5) == 0
        peer.join(5)
    assert peer.commands == ['SET VARIABLE "HL_ROUTE" "queue"']


def test_stopping_closes_what_does_not_end_in_time() -> None:
    with running({"call": name_the_call}) as server, socket.create_connection(("127.0.0.1", server.port)) as silent:
        silent.sendall(header()[:-1])
        until(lambda: server.sessions == 1)
        server.stop()
        assert server.drain(0.05) == 1
        silent.settimeout(5)
        assert silent.recv(1) == b""
        assert server.sessions == 0


def test_a_taken_port_is_an_error_at_the_start() -> None:
    with running({}) as server, pytest.raises(OSError, match="in use"):
        IvrServer("127.0.0.1", server.port, {})


def _accepts(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
