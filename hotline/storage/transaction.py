"""The database as the rest of the program has it: transactions, from which each feature makes its own stores."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar, Generic, TypeVar

from sqlalchemy import Connection, Engine

from hotline.storage.bounded import bounded
from hotline.storage.engine import READING, WRITING
from hotline.storage.failures import told_as_ours
from hotline.storage.watch import Watch, watch

Row = TypeVar("Row")


class HeldBack(ABC, Generic[Row]):
    """What is collected during a transaction and written by its last acts: what needs a lock for which others wait,
    so that it is held only from then to the commit."""

    #: In which order they are written, the lowest first; of two that lock, every transaction must keep the same one,
    #: else two transactions could wait for each other.
    turn: ClassVar[int]

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.waiting: list[Row] = []

    @abstractmethod
    def write(self) -> None:
        """Write all that waits: something does."""


Kind = TypeVar("Kind", bound=HeldBack[Any])


class Transaction:
    """What stores are made from, where they are used: `CaseStore(tx).by_id(7)`. `writes`: it is committed at its end;
    otherwise writing in it is an error."""

    def __init__(self, connection: Connection, writes: bool) -> None:
        self.connection = connection
        self.writes = writes
        self._held_back: dict[type[HeldBack[Any]], HeldBack[Any]] = {}

    def held_back(self, kind: type[Kind]) -> Kind:
        """The only one of its kind in this transaction, from now on written before the commit."""
        held = self._held_back.get(kind)
        if not isinstance(held, kind):
            held = self._held_back[kind] = kind(self.connection)
        return held

    def write_held_back(self) -> None:
        """The last acts of a transaction that writes."""
        for held in sorted(self._held_back.values(), key=lambda each: each.turn):
            if held.waiting:
                held.write()


class TableStore:
    """Base of the stores, each the reads and writes of a few tables within one transaction. Made anew wherever it is
    used: it keeps nothing but the transaction."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._connection = tx.connection


class Storage:
    """Threads may share it; a process makes its own after a fork.

    Both kinds of transaction raise StorageError when the database is away, busy for too long or not upgraded.
    Writing raises Conflict for what must be unique and is there already.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._readers = engine.execution_options(**READING[engine.dialect.name])
        self._writers = engine.execution_options(**WRITING[engine.dialect.name])

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """One snapshot of the whole database for as long as it lasts; stops no writer. Rolled back at the end, and
        writing in it is an error. Raises StorageError."""
        with told_as_ours(), self._readers.connect() as connection:
            yield Transaction(connection, writes=False)
            connection.rollback()

    @contextmanager
    def counting(self, seconds: float) -> Iterator[Transaction]:
        """As `reading`, for what counts much, which gives way to what others ask. Raises Busy when it takes longer than
        so many seconds (see `bounded`), StorageError."""
        with told_as_ours(), self._readers.connect() as connection, bounded(connection, seconds):
            yield Transaction(connection, writes=False)
            connection.rollback()

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """Committed at the end, rolled back on an exception. SQLite has one writer at a time: be short. Raises
        StorageError."""
        with told_as_ours(), self._writers.begin() as connection:
            tx = Transaction(connection, writes=True)
            yield tx
            tx.write_held_back()

    def watch(self) -> Watch:
        """What tells the calling thread of others' commits. Raises StorageError."""
        with told_as_ours():
            return watch(self.engine)

    @property
    def url(self) -> str:
        """Where the database is, with its password: for what copies all of it."""
        return self.engine.url.render_as_string(hide_password=False)

    @property
    def writers(self) -> int:
        """How many transactions may write at once to some purpose."""
        return 1 if self.engine.dialect.name == "sqlite" else 2

    def close(self) -> None:
        """Close all connections that no transaction holds."""
        self.engine.dispose()
