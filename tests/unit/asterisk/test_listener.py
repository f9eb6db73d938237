"""The listener as a whole: from a socket to the ledger, through gaps, restarts and its own end."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from hotline.asterisk import listener
from hotline.asterisk.ami.inbox import Inbox
from hotline.asterisk.ami.session import EventSession, Peer, Timing
from hotline.asterisk.books import Books
from hotline.asterisk.cel_database import prepare
from hotline.asterisk.listener import Listener
from hotline.asterisk.presence import PresenceTracker
from hotline.asterisk.translate import USED_EVENTS, hurries, rings
from hotline.domain.errors import PbxError
from hotline.settings import Home
from hotline.settings.secrets import load_or_create_secrets
from hotline.storage.calls.store import CallStore
from hotline.storage.engine import make_engine
from hotline.storage.migrate import upgrade
from hotline.storage.transaction import Storage
from tests.support.fake_ami import Connection, fake_ami
from tests.support.recorded_call import frames_of, linkedid_of, moment_of, write_rows
from tests.support.rows import MORNING, a_call
from tests.unit.asterisk.conftest import NODE, World

FRAMES = frames_of()
BOOTED = b"Event: FullyBooted\r\nUptime: %d\r\n\r\n"
QUICK = Timing(connect=2, ping=5, first_wait=0.01, longest_wait=0.05)


def wire(*frames: bytes) -> bytes:
    return b"".join(frame.replace(b"\n", b"\r\n") + b"\r\n\r\n" for frame in frames)


def wait_for(what: Callable[[], object], seconds: float = 15) -> None:
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.01)


class Running:
    """A listener in a thread, and what it died of."""

    def __init__(self, world: World, port: int, channels: Callable[[], list[Mapping[str, str]]]) -> None:
        books = world.books()
        self.stopping = threading.Event()
        books = Books(
            NODE, books.storage, books.cel_database, books.directory, books.owed, books.clock, self.stopping.wait
        )
        self.inbox = inbox = Inbox(urgent=hurries)
        session = EventSession(Peer("127.0.0.1", port, "u", "p"), USED_EVENTS, inbox, QUICK)
        tracker = PresenceTracker(books.storage, NODE, tuple, lambda: (timedelta(), timedelta()), books.clock)
        self.listener = Listener(books, inbox, session, channels, self.stopping, tracker)
        self.died_of: BaseException | None = None
        self.thread = threading.Thread(target=self._run)
        self.thread.start()

    def _run(self) -> None:
        try:
            self.listener.run()
        except BaseException as error:
            self.died_of = error


@contextmanager
def listening(
    world: World, serve: Callable[[Connection], None], channels: Callable[[], list[Mapping[str, str]]] = list
) -> Iterator[Running]:
    with fake_ami(serve) as port:
        running = Running(world, port, channels)
        try:
            yield running
        finally:
            running.listener.stop()
            running.thread.join(10)
            assert not running.thread.is_alive()


def test_a_call_goes_from_the_socket_to_the_ledger_and_the_outbox(world: World) -> None:
    def serve(connection: Connection) -> None:
        connection.log_in()
        connection.send(BOOTED % 100)
        for frame in FRAMES:
            world.asterisk_writes(frame)
            connection.send(wire(frame))
        connection.wait_until_gone()

    with listening(world, serve) as running:
        wait_for(lambda: (call := world.call()) and call.ended_at and call == world.as_the_cel_database_has_it())
    assert [entry.payload["state"] for entry in world.outbox()][-1] == "ended"
    assert running.died_of is None


def test_a_phone_that_rings_waits_for_no_batch(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listener, "GATHER", 3600.0)
    until_it_rings = FRAMES[: next(place for place, frame in enumerate(FRAMES) if rings(frame)) + 1]

    def serve(connection: Connection) -> None:
        connection.log_in()
        connection.send(wire(*until_it_rings))
        connection.wait_until_gone()

    with listening(world, serve) as running, closing(running.inbox):
        wait_for(lambda: (call := world.call()) and call.rings)


def test_what_was_missed_while_the_session_was_cut_comes_from_the_black_box(world: World) -> None:
    sessions: list[int] = []

    def serve(connection: Connection) -> None:
        sessions.append(1)
        connection.log_in()
        connection.send(BOOTED % 100)
        if len(sessions) == 1:
            world.asterisk_writes(*FRAMES[:8])
            connection.send(wire(*FRAMES[:6]) + FRAMES[6][:50])
            wait_for(world.call)
            world.asterisk_writes(*FRAMES[8:], *frames_of(1))
            connection.reset()
        else:
            connection.wait_until_gone()

    with listening(world, serve, lambda: [{"Linkedid": linkedid_of(0)}]):
        wait_for(lambda: (call := world.call()) and call.ended_at and world.call(1))
    assert [world.call(n) for n in (0, 1)] == [world.as_the_cel_database_has_it(n) for n in (0, 1)]


def test_a_call_that_asterisk_lost_by_a_restart_is_ended_once_asterisk_is_back(world: World) -> None:
    answers: Iterator[PbxError | list[Mapping[str, str]]] = iter(
        [PbxError("not yet"), [{"Channel": "PJSIP/x", "Linkedid": "another"}]]
    )
    world.asterisk_writes(*FRAMES[:8])
    world.now = moment_of(FRAMES[7]).replace(microsecond=0)

    def channels() -> list[Mapping[str, str]]:
        answer = next(answers, [])
        if isinstance(answer, PbxError):
            raise answer
        return answer

    def serve(connection: Connection) -> None:
        connection.log_in()
        wait_for(world.call)
        call = world.call()
        assert call is not None and call.ended_at is None
        world.now = moment_of(FRAMES[-1])
        connection.send(BOOTED % 1)
        connection.wait_until_gone()

    with listening(world, serve, channels):
        wait_for(lambda: (call := world.call()) and call.ended_at)
    call = world.call()
    assert call is not None and "ended_by_restart" in call.remarks


def test_a_cel_database_that_is_not_there_yet_is_waited_for(world: World, caplog: pytest.LogCaptureFixture) -> None:
    world.cel_file.unlink()

    def serve(connection: Connection) -> None:
        connection.log_in()
        connection.wait_until_gone()

    with listening(world, serve):
        wait_for(lambda: "asterisk.cel_unusable" in caplog.text)
        prepare(world.cel_file)
        world.asterisk_writes(*FRAMES)
        wait_for(world.call)


def test_a_fault_of_either_thread_ends_the_whole(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def serve(connection: Connection) -> None:
        connection.log_in()
        connection.send(wire(*FRAMES))
        connection.wait_until_gone()

    def broken(*_: object) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr("hotline.asterisk.ami.session.wanted_frames", broken)
    with listening(world, serve) as running:
        running.thread.join(10)
    assert isinstance(running.died_of, RuntimeError)
    monkeypatch.undo()
    monkeypatch.setattr("hotline.asterisk.writer.has_end", broken)
    world.asterisk_writes(*FRAMES)
    with listening(world, serve) as running:
        running.thread.join(10)
    assert isinstance(running.died_of, RuntimeError)
    assert not [thread for thread in threading.enumerate() if thread.name == "ami-events"]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    home.create()
    load_or_create_secrets(home)
    upgrade(f"sqlite:///{home.database_file}")
    prepare(home.cel_database)
    return home


@contextmanager
def process(home: Home, port: int) -> Iterator[subprocess.Popen[bytes]]:
    environment = {
        **os.environ,
        "HOTLINE_HOME": str(home.root),
        "HOTLINE_AMI_PORT": str(port),
        "HOTLINE_SITE__NODE": NODE,
    }
    command = [sys.executable, "-m", "hotline.cli", "listener"]
    running = subprocess.Popen(command, env=environment, cwd=Path(__file__).parents[3], stderr=subprocess.PIPE)
    try:
        yield running
    finally:
        running.kill()
        running.communicate()


def test_the_process_writes_the_ledger_and_ends_cleanly_on_sigterm(home: Home) -> None:
    def serve(connection: Connection) -> None:
        login = connection.log_in()
        assert login["Username"] == "hotline-events"
        write_rows(home.cel_database, FRAMES)
        connection.send(wire(*FRAMES))
        connection.wait_until_gone()

    storage = Storage(make_engine(f"sqlite:///{home.database_file}"))

    def ended() -> bool:
        with storage.reading() as tx:
            call = CallStore(tx).get(NODE, linkedid_of(0))
        return call is not None and call.ended_at is not None

    with fake_ami(serve) as port, process(home, port) as running:
        wait_for(ended, 30)
        running.send_signal(signal.SIGTERM)
        assert running.wait(10) == 0
    storage.close()


def test_a_fault_ends_the_process_with_a_status_that_says_so(home: Home) -> None:
    def serve(connection: Connection) -> None:
        connection.log_in()
        connection.wait_until_gone()

    storage = Storage(make_engine(f"sqlite:///{home.database_file}"))
    with storage.writing() as tx:
        CallStore(tx).save([a_call("x", node=NODE, ended_at=None, outcome=None)], MORNING)
    storage.close()
    with closing(sqlite3.connect(home.database_file)) as connection, connection:
        connection.execute("UPDATE call SET detail = '{}'")  # nothing that waiting would mend
    with fake_ami(serve) as port, process(home, port) as running:
        assert running.wait(30) == 1
