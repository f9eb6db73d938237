"""AMI events a second: ours folded and persisted; others' merely decoded and handed on.

One recorded call through a queue, as the listener's own AMI profile sends it, is replayed from a socket at
full speed as many calls. Ours ends with every call in the ledger (SQLite) with its outbox entries, each
folded from the CEL database; theirs with the last event handed to a function that counts. Each runs in a process
of its own, in turns.
"""

from __future__ import annotations

import multiprocessing
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Event
from time import perf_counter

from hotline.asterisk import cel_database
from hotline.asterisk.ami.inbox import Inbox
from hotline.asterisk.ami.parser import headers
from hotline.asterisk.ami.session import EventSession, Peer
from hotline.asterisk.books import Books
from hotline.asterisk.cel_database import CelDatabase
from hotline.asterisk.listener import Listener
from hotline.asterisk.presence import PresenceTracker
from hotline.asterisk.process import settle_memory
from hotline.asterisk.translate import USED_EVENTS, hurries
from hotline.domain.calls.call import Call
from hotline.domain.calls.fold import Directory
from hotline.domain.time import system_clock
from hotline.storage.calls.checkpoints import CheckpointStore
from hotline.storage.calls.store import CallStore
from hotline.storage.engine import make_engine
from hotline.storage.migrate import upgrade
from hotline.storage.transaction import Storage
from scripts.benchmarks import _ami_readers, _ami_stream
from scripts.benchmarks._result import Result

CALLS = 2000
#: pyst2 reads a byte a system call: 650 events a second were seen.
CALLS_FOR_PYST2 = 30
ROUNDS = 5

NODE = "lab"
DIRECTORY = Directory(lines={"4001234567": "main"}, operators={"1001": "Agent One"})

#: Reads so many events from a port; gives events a second.
Reader = Callable[[int, int], float]


def run(say: Callable[[str], None]) -> Iterator[Result]:
    with tempfile.TemporaryDirectory() as folder:
        cel_file = Path(folder) / "cel.db"
        write_cel_database(cel_file, CALLS)
        contestants: dict[str, tuple[Reader, int]] = {
            "ours": (partial(read_and_persist, Path(folder)), CALLS),
            "panoramisk": (_ami_readers.panoramisk, CALLS),
            "asterisk-ami": (_ami_readers.asterisk_ami, CALLS),
            "pyst2": (_ami_readers.pyst2, CALLS_FOR_PYST2),
        }
        rates: dict[str, list[float]] = {name: [] for name in contestants}
        for number in range(1, ROUNDS + 1):
            for name, (reader, calls) in contestants.items():
                rates[name].append(_measure(reader, calls))
                say(f"  round {number} of {ROUNDS}: {name}: {rates[name][-1]:,.0f} events/s")
    ours = rates.pop("ours")
    used = sum(frame.startswith(b"Event: CEL") for frame in _ami_stream.call_frames(0))
    total = len(_ami_stream.call_frames(0))
    notes = (
        f"ours: each call folded from the CEL database and in SQLite, prompted by {used} CEL events of its {total}; "
        "reference: decoding and dispatch of all, nothing more"
    )
    for name, measured in rates.items():
        mine, theirs = typical(list(zip(ours, measured, strict=True)))
        yield Result("listener", "events persisted", mine, theirs, name, "events/s", notes)


def typical(rounds: list[tuple[float, float]]) -> tuple[float, float]:
    """The round whose ratio is the median: the two of a round ran next to each other, on an equally busy machine."""
    return sorted(rounds, key=lambda pair: pair[0] / pair[1])[len(rounds) // 2]


def write_cel_database(path: Path, calls: int) -> None:
    """The CEL database that Asterisk would have written beside the stream."""
    cel_database.prepare(path)
    columns = (
        "eventtype",
        "eventtime",
        "linkedid",
        "uniqueid",
        "cidnum",
        "cidname",
        "exten",
        "context",
        "channame",
        "appname",
        "appdata",
        "peer",
        "eventextra",
    )
    names = (
        "EventName",
        "Timestamp",
        "LinkedID",
        "UniqueID",
        "CallerIDnum",
        "CallerIDname",
        "Exten",
        "Context",
        "Channel",
        "Application",
        "AppData",
        "Peer",
        "Extra",
    )
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executemany(
            f"INSERT INTO cel ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})",
            (
                [found[name] for name in names]
                for number in range(calls)
                for frame in _ami_stream.call_frames(number)
                if (found := headers(frame.replace(b"\r\n", b"\n").strip(b"\n")))["Event"] == "CEL"
            ),
        )


def read_and_persist(folder: Path, port: int, events: int) -> float:
    """The whole listener, from the socket to the committed ledger."""
    calls = events // len(_ami_stream.call_frames(0))
    with tempfile.TemporaryDirectory(dir=folder) as own:
        url = f"sqlite:///{own}/hotline.db"
        upgrade(url)
        storage = Storage(make_engine(url))
        with storage.writing() as tx:
            # Past the replayed calls, so that they come from the stream and not by reconciliation.
            CheckpointStore(tx).set(NODE, datetime(2027, 1, 1, tzinfo=UTC))
        settle_memory()
        inbox = TimedInbox(limit=10_000_000, urgent=hurries)
        _listener(storage, folder / "cel.db", port, calls, inbox).run()
        rate = events / (perf_counter() - inbox.began)
        _require_all(storage, calls)
        storage.close()
    return rate


class TimedInbox(Inbox):
    """Notes when the first events came."""

    began = 0.0

    def put(self, frames: Sequence[bytes]) -> bool:
        self.began = self.began or perf_counter()
        return super().put(frames)


def _listener(storage: Storage, cel_file: Path, port: int, calls: int, inbox: Inbox) -> Listener:
    stopping = Event()
    finished: set[str] = set()

    def owed(call: Call) -> None:
        finished.add(call.linkedid)
        if len(finished) == calls:
            stopping.set()  # after this batch, which is still written

    books = Books(NODE, storage, CelDatabase(cel_file), lambda: DIRECTORY, owed, system_clock, stopping.wait)
    session = EventSession(Peer("127.0.0.1", port, "u", "s"), USED_EVENTS, inbox)
    tracker = PresenceTracker(storage, NODE, tuple, lambda: (timedelta(), timedelta()), system_clock)
    return Listener(books, inbox, session, list, stopping, tracker)


def _require_all(storage: Storage, calls: int) -> None:
    with storage.reading() as tx:
        open_calls = CallStore(tx).open_linkedids(NODE)
        known = CallStore(tx).ids_of(NODE, [_linkedid(number) for number in range(calls)])
    if len(known) != calls or open_calls:
        raise RuntimeError(f"{len(known)} of {calls} calls are in the ledger, {len(open_calls)} of them open")


def _linkedid(number: int) -> str:
    return headers(_ami_stream.call_frames(number)[0].replace(b"\r\n", b"\n"))["Linkedid"]


def _measure(reader: Reader, calls: int) -> float:
    """Serve so many calls from one new process, read them in another."""
    events = calls * len(_ami_stream.call_frames(0))
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    server = context.Process(target=_ami_stream.serve, args=(calls, 1, theirs), daemon=True)
    server.start()
    try:
        port = ours.recv()
        with context.Pool(1) as pool:
            return pool.apply(reader, (port, events))
    finally:
        server.kill()
        server.join()
