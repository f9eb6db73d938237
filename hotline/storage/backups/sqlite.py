"""A copy of an SQLite database by its own backup API, and its way back: both while others work."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from hotline.domain.backups.backup import TableSum
from hotline.domain.errors import StorageError
from hotline.storage.backups.sums import table_sum

#: Seconds. So long a restore waits for whoever writes; calls are written in milliseconds.
_PATIENCE = 60


def copy(source: Path, target: Path) -> None:
    """One moment's state, whole. Raises StorageError."""
    with _failing(), closing(_reading(source)) as live, closing(sqlite3.connect(target)) as copied:
        live.backup(copied)
        copied.execute("PRAGMA journal_mode=DELETE")  # one file, without what belongs to a database in use


def sums(file: Path) -> dict[str, TableSum]:
    """Of each table that holds rows by itself. Raises StorageError for a file that is damaged."""
    with _failing(), closing(_reading(file)) as connection:
        (said,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        if said != "ok":
            raise StorageError("storage.failed", why=str(said))
        return {name: table_sum(_rows(connection, name)) for name in _tables(connection)}


def bring_back(copied: Path, live: Path) -> None:
    """Put the copy in the place of what is in the live database, as one transaction of it: whoever reads sees the one
    or the other, and when this process dies on the way, or the disk is full, everything is as it was. Numbers that were
    given out since are given to nothing else: pages that are open go on by them. Raises StorageError."""
    with (
        _failing(),
        closing(sqlite3.connect(copied)) as source,
        closing(sqlite3.connect(live, timeout=_PATIENCE)) as target,
    ):
        _count_on(source, target)
        source.backup(target)
        target.execute("PRAGMA wal_checkpoint(PASSIVE)")


def _reading(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)


def _count_on(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    for name, given_out in target.execute("SELECT name, seq FROM sqlite_sequence").fetchall():
        known = source.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (name,)).fetchone()
        if known is None:
            source.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (name, given_out))
        else:
            source.execute(
                "UPDATE sqlite_sequence SET seq = ? WHERE name = ?", (max(int(known[0]), int(given_out)), name)
            )
    source.commit()


def _tables(connection: sqlite3.Connection) -> list[str]:
    found = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        " AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
    )
    return [name for (name,) in found]


def _rows(connection: sqlite3.Connection, table: str) -> Iterator[str]:
    quoted = table.replace('"', '""')
    return (repr(row) for row in connection.execute(f'SELECT * FROM "{quoted}"'))


@contextmanager
def _failing() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise StorageError("storage.failed", why=str(error)) from error
