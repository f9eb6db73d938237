"""A storage that keeps in which turn its transactions began, while another connection has SQLite's write lock."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from hotline.storage.engine import make_engine
from hotline.storage.transaction import Storage, Transaction
from tests.support.prepared import migrated_database


@dataclass(frozen=True)
class Turn:
    """One transaction. `by`: module and function that began it. `within_reading`: one that reads was open then."""

    writes: bool
    by: str
    within_reading: bool


class TurnsStorage(Storage):
    """For one thread."""

    def __init__(self, folder: Path) -> None:
        url = f"sqlite:///{shutil.copy(migrated_database(), folder / 'turns.db')}"
        super().__init__(make_engine(url, busy_seconds=0.0))
        self._other = sqlite3.connect(folder / "turns.db", isolation_level=None)
        self._open_readings = 0
        self._turns: list[Turn] = []

    def another(self) -> Storage:
        """What has no part in the turns: while the lock is held, its writing fails at once. To be closed."""
        return Storage(make_engine(str(self.engine.url), busy_seconds=0.0))

    @contextmanager
    def held(self) -> Iterator[list[Turn]]:
        """Another connection has the write lock until a transaction of ours is about to write: what wants to write in
        any other way fails at once. What is given fills with the transactions that begin meanwhile."""
        self._turns = []
        self._other.execute("BEGIN IMMEDIATE")
        try:
            yield self._turns
        finally:
            self._let_go()

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        self._turns.append(Turn(False, _beginner(), self._open_readings > 0))
        with super().reading() as tx:
            self._open_readings += 1
            try:
                yield tx
            finally:
                self._open_readings -= 1

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        self._turns.append(Turn(True, _beginner(), self._open_readings > 0))
        self._let_go()
        with super().writing() as tx:
            yield tx

    def close(self) -> None:
        self._other.close()
        super().close()

    def _let_go(self) -> None:
        if self._other.in_transaction:
            self._other.execute("ROLLBACK")


def _beginner() -> str:
    """The nearest function of the product that is not the storage's own."""
    frame = sys._getframe(1)
    while frame.f_back is not None:
        frame = frame.f_back
        module = str(frame.f_globals.get("__name__", ""))
        if module.startswith("hotline.") and not module.startswith("hotline.storage."):
            return f"{module}.{frame.f_code.co_name}"
    return ""
