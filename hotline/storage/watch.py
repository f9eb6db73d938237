"""Notices other processes' commits fast enough for the pop: by SQLite's counter or PostgreSQL's notices."""

from __future__ import annotations

import logging
import sqlite3
from time import monotonic, sleep
from typing import Any, Protocol

import psycopg
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

logger = logging.getLogger(__name__)

#: What outbox entries are announced on (PostgreSQL).
CHANNEL = "hotline_outbox"

#: Seconds between two looks at SQLite's counter: soon after something has changed more will. A look costs 4 µs, and
#: the waking up for it 60 to 100 µs: together 0.7 % of a processor in quiet times, 2.5 % in busy ones.
BUSY, QUIET = 0.005, 0.02
BUSY_FOR = 3.0

#: Seconds after which a reader looks whatever it was told: a notice may be lost where a pooler of connections stands
#: between, or the connection itself is.
LOOK_ANYWAY = 1.0


class Watch(Protocol):
    """Notices what others commit. For one thread, but for `close`."""

    def wait(self, seconds: float) -> bool:
        """Whether something may have been committed since the last call; waits so long for it."""

    def close(self) -> None: ...


def watch(engine: Engine) -> Watch:
    """For the thread that calls it. Raises what the driver raises when the database is away."""
    return PostgresWatch(engine) if engine.dialect.name == "postgresql" else SqliteWatch(engine)


class SqliteWatch:
    """By PRAGMA data_version, which changes on one connection whenever another one, of whatever process, commits."""

    def __init__(self, engine: Engine) -> None:
        self._connection = sqlite3.connect(str(engine.url.database), isolation_level=None)
        self._version = self._look()
        self._changed_at = monotonic()

    def wait(self, seconds: float) -> bool:
        until = monotonic() + seconds
        while True:
            version, now = self._look(), monotonic()
            if version != self._version:
                self._version, self._changed_at = version, now
                return True
            if now >= until:
                return False
            sleep(min(BUSY if now - self._changed_at < BUSY_FOR else QUIET, until - now))

    def close(self) -> None:
        self._connection.close()

    def _look(self) -> int:
        try:
            return int(self._connection.execute("PRAGMA data_version").fetchone()[0])
        except sqlite3.OperationalError:
            return -1  # busy for a moment (a checkpoint, a backup): whoever reads next will see


class PostgresWatch:
    """By LISTEN on a connection of its own. While that is lost, and once a second anyway, `wait` says yes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: psycopg.Connection[Any] | None = None
        self._looked_at = 0.0
        self._listen()

    def wait(self, seconds: float) -> bool:
        left = LOOK_ANYWAY - (monotonic() - self._looked_at)
        noticed = left <= 0 or self._notified(min(seconds, left))
        if noticed or monotonic() - self._looked_at >= LOOK_ANYWAY:
            self._looked_at = monotonic()
            return True
        return False

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _listen(self) -> None:
        pooled = self._engine.raw_connection()
        own = pooled.driver_connection
        assert isinstance(own, psycopg.Connection)
        pooled.detach()
        own.autocommit = True
        own.execute(f"LISTEN {CHANNEL}")
        self._connection = own

    def _notified(self, seconds: float) -> bool:
        """One notice or many: they say the same. Not connected: what may have come meanwhile is looked for."""
        try:
            if self._connection is None:
                self._listen()
                logger.warning("the database tells of new entries again")
                return True
            return any([*self._connection.notifies(timeout=seconds, stop_after=1)])
        except (DBAPIError, psycopg.Error) as error:
            self._lose(error)
            sleep(seconds)
            return True

    def _lose(self, error: Exception) -> None:
        if self._connection is not None:
            logger.warning(
                "the database does not tell of new entries any more (%s): looking once a second", type(error).__name__
            )
        self.close()
