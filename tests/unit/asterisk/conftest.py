"""A listener's surroundings: a real ledger, a real CEL database, and clocks that stand until they are moved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hotline.asterisk.books import Books
from hotline.asterisk.cel_database import CelDatabase, prepare
from hotline.asterisk.intake import Intake
from hotline.asterisk.writer import LedgerWriter
from hotline.domain.alert import Alert
from hotline.domain.callbacks.owed import Callback
from hotline.domain.calls.call import Call
from hotline.domain.calls.events import Fact
from hotline.domain.calls.fold import fold
from hotline.domain.outbox import OutboxEntry
from hotline.storage.alerts import AlertStore
from hotline.storage.calls.checkpoints import CheckpointStore
from hotline.storage.calls.facts import FactStore
from hotline.storage.calls.store import CallStore
from hotline.storage.outbox import Outbox
from hotline.storage.transaction import Storage
from tests.support.recorded_call import DIRECTORY, frames_of, linkedid_of, moment_of, write_rows

NODE = "lab"


@dataclass
class World:
    storage: Storage
    cel_file: Path
    now: datetime = field(default_factory=lambda: moment_of(frames_of()[-1]) + timedelta(seconds=1))
    #: The stopwatch's seconds.
    elapsed: float = 0.0
    owed: Callable[[Call], Callback | None] = lambda _call: None
    ending: bool = False

    def books(self) -> Books:
        def pause(_seconds: float) -> bool:
            return self.ending

        return Books(
            NODE, self.storage, CelDatabase(self.cel_file), lambda: DIRECTORY, self.owed, lambda: self.now, pause
        )

    def writer(self) -> LedgerWriter:
        return LedgerWriter(self.books(), Intake().open, lambda: self.elapsed)

    def asterisk_writes(self, *frames: bytes) -> None:
        write_rows(self.cel_file, frames)

    def call(self, number: int = 0) -> Call | None:
        with self.storage.reading() as tx:
            return CallStore(tx).get(NODE, linkedid_of(number))

    def as_the_cel_database_has_it(self, number: int = 0, *facts: Fact) -> Call | None:
        linkedid = linkedid_of(number)
        return fold(NODE, linkedid, CelDatabase(self.cel_file).rows_of(linkedid), facts, DIRECTORY)

    def checkpoint(self) -> datetime | None:
        with self.storage.reading() as tx:
            return CheckpointStore(tx).get(NODE)

    def outbox(self) -> list[OutboxEntry]:
        with self.storage.reading() as tx:
            return Outbox(tx).after(0, 10_000)

    def facts(self, number: int = 0) -> list[Fact]:
        with self.storage.reading() as tx:
            return FactStore(tx).of(NODE, [linkedid_of(number)]).get(linkedid_of(number), [])

    def alerts(self) -> list[Alert]:
        with self.storage.reading() as tx:
            return AlertStore(tx).open()


@pytest.fixture
def world(sqlite_storage: Storage, tmp_path: Path) -> World:
    path = tmp_path / "cel.db"
    prepare(path)
    return World(sqlite_storage, path)
