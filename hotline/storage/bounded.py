"""A read that counts much: how long the database may work for it, and with how much of the machine."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

#: Steps of SQLite's machine from one look at the clock to the next: some milliseconds of work.
_STEPS = 200_000


@contextmanager
def bounded(connection: Connection, seconds: float) -> Iterator[None]:
    """What is asked on this connection, until its transaction is over. PostgreSQL: each question may take so long, and
    no processes help its own; SQLite: all of it may. What takes longer is broken off, and told as Busy
    (hotline.storage.failures)."""
    if connection.dialect.name == "sqlite":
        with _watched(connection.connection.driver_connection, time.monotonic() + seconds):
            yield
        return
    connection.exec_driver_sql(
        f"SET LOCAL statement_timeout = {max(1, round(seconds * 1000))}; SET LOCAL max_parallel_workers_per_gather = 0"
    )
    yield


@contextmanager
def _watched(driver: object, until: float) -> Iterator[None]:
    assert isinstance(driver, sqlite3.Connection)
    driver.set_progress_handler(lambda: time.monotonic() > until, _STEPS)
    try:
        yield
    finally:
        driver.set_progress_handler(None, 0)
