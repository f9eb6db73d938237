"""The database connection: SQLite beside the program, or what [database] url names."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from hotline.settings import Home, Settings

#: How long a transaction waits for another one's lock, and for a server to answer.
BUSY_SECONDS = 10

#: More threads than this at once wait for each other; a web server has more threads than ever query at once.
_POOL = {"pool_size": 8, "max_overflow": 24}

#: Execution options of a transaction that only reads: one snapshot, and writing in it is an error.
READING: Mapping[str, Mapping[str, Any]] = {
    "sqlite": {"hotline_access": "read"},
    "postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
}
#: And of one that writes.
WRITING: Mapping[str, Mapping[str, Any]] = {
    "sqlite": {"hotline_access": "write"},
    "postgresql": {"isolation_level": "READ COMMITTED"},
}


def database_url(settings: Settings, home: Home) -> str:
    return settings.database.url or f"sqlite:///{home.database_file}"


def make_engine(url: str, busy_seconds: float = BUSY_SECONDS) -> Engine:
    """An engine with the durability the ledger needs. SQLite: WAL, waits for another writer, begins writing
    transactions at once (two readers that both turn writers would otherwise fail)."""
    parsed = make_url(url)
    if parsed.drivername in ("postgresql", "postgres"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    if not parsed.drivername.startswith("sqlite"):
        arguments = {"connect_timeout": BUSY_SECONDS, "application_name": "hotline"}
        return create_engine(parsed, pool_pre_ping=True, connect_args=arguments, **_POOL)
    engine = create_engine(parsed, connect_args={"timeout": busy_seconds}, **_POOL)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # The driver begins no transactions of its own: _begin_sqlite does.
    connection.isolation_level = None
    _turn_on_wal(connection)
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA foreign_keys=ON")


def _turn_on_wal(connection: sqlite3.Connection) -> None:
    """Of several processes that turn a new database to WAL at once, SQLite tells some "locked" at once."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def _begin_sqlite(connection: Connection) -> None:
    access = connection.get_execution_options().get("hotline_access")
    query_only = "ON" if access == "read" else "OFF"
    if connection.info.get("query_only") != query_only:  # most transactions follow one of their own kind
        _tell_sqlite(connection, f"PRAGMA query_only={query_only}")
        connection.info["query_only"] = query_only
    _tell_sqlite(connection, "BEGIN IMMEDIATE" if access == "write" else "BEGIN")


def _tell_sqlite(connection: Connection, statement: str) -> None:
    """Straight to the driver: SQLAlchemy's way to it takes several times as long as these, and each transaction has
    them."""
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    try:
        driver.execute(statement)
    except sqlite3.Error as error:
        raise DBAPIError.instance(statement, None, error, sqlite3.Error) from error
