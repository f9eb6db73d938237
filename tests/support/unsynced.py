"""SQLite in the tests' own process does not wait for the disk: what a test keeps need not outlive the machine, and each
closes databases some thousand times, which waits for the disk each time."""

from __future__ import annotations

import sqlite3

from hotline.storage import engine

#: As every site's database is opened.
prepare = engine._prepare_sqlite


def _prepare_unsynced(connection: sqlite3.Connection, record: object) -> None:
    prepare(connection, record)
    connection.execute("PRAGMA synchronous=OFF")


def wait_for_no_disk() -> None:
    """From now on, in this process."""
    setattr(engine, prepare.__name__, _prepare_unsynced)
