"""Databases for tests: a private PostgreSQL server, and databases on it that live as long as a test."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from hotline.storage.migrate import MIGRATIONS, upgrade

#: All of the schema, oldest first.
REVISIONS = sorted(path.name[:4] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))

_START_SECONDS = 60

_MIGRATED = "template_migrated"


class PostgresMissing(Exception):
    """PostgreSQL is not installed or does not start. Tests that need it fail by this: nothing is skipped."""


class PostgresServer:
    """A server of its own in `folder`: reached by a socket there and nothing else, forgetting on power loss."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._log = folder / "log"
        self._numbers = itertools.count(1)
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Raises PostgresMissing, with what the server said."""
        identity = _identity()
        if identity:
            shutil.chown(self._folder, identity["user"], identity["group"])
        data = self._folder / "data"
        with self._log.open("wb") as output:
            where: dict[str, Any] = {
                "cwd": self._folder,
                "stdout": output,
                "stderr": output,
                "env": _on_the_machines_clock(),
                **identity,
            }
            make: list[str | Path] = [
                _program("initdb"),
                "-D",
                data,
                "-U",
                "postgres",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C",
                "-N",
            ]
            if subprocess.run(make, check=False, **where).returncode != 0:
                raise PostgresMissing(f"initdb failed:\n{self._log.read_text()}")
            # Databases that live as long as a test gain nothing by being swept, or by statements compiled for them.
            options = ("fsync=off", "full_page_writes=off", "max_connections=200", "autovacuum=off", "jit=off")
            fast = [part for option in options for part in ("-c", option)]
            serve: list[str | Path] = [_program("postgres"), "-D", data, "-k", self._folder, "-h", "", *fast]
            # In a group of its own, so that a Ctrl-C to the tests lets them stop it in order.
            self._process = subprocess.Popen(serve, start_new_session=True, **where)
        self._wait_until_ready(self._process)
        self._administer(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(_MIGRATED)))
        upgrade(self._url(_MIGRATED))

    def stop(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)  # PostgreSQL's "fast" shutdown: waits for no client
            self._process.wait(timeout=30)

    @contextmanager
    def database(self, migrated: bool = True) -> Iterator[str]:
        """The URL of a new database; it is dropped afterwards, whoever is still connected."""
        name = f"test_{next(self._numbers)}"
        template = _MIGRATED if migrated else "template0"
        database = sql.Identifier(name)
        self._administer(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(database, sql.Identifier(template)))
        try:
            yield self._url(name)
        finally:
            self._administer(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(database))

    def _url(self, database: str) -> str:
        return f"postgresql+psycopg://postgres@/{database}?host={self._folder}"

    def _administer(self, statement: sql.Composed | sql.SQL) -> None:
        with psycopg.connect(host=str(self._folder), user="postgres", dbname="postgres", autocommit=True) as connection:
            connection.execute(statement)

    def _wait_until_ready(self, process: subprocess.Popen[str]) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while True:
            try:
                return self._administer(sql.SQL("SELECT 1"))
            except psycopg.OperationalError as error:
                if process.poll() is not None or time.monotonic() > deadline:
                    said = self._log.read_text(errors="replace")
                    raise PostgresMissing(f"PostgreSQL did not start: {error}\n{said}") from error
                time.sleep(0.05)


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """A running server, and nothing of it afterwards."""
    # Below /tmp by name: a socket's path may have 107 bytes, and the user postgres must be able to get there.
    folder = Path(tempfile.mkdtemp(prefix="hotline-postgres-", dir="/tmp"))
    server = PostgresServer(folder)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)


def _on_the_machines_clock() -> dict[str, str]:
    """Without what scripts/test-clocks shifts the clock by: the server would not start."""
    return {name: value for name, value in os.environ.items() if name not in ("LD_PRELOAD", "FAKETIME")}


def filled(request: pytest.FixtureRequest, folder: Path, fill: Callable[[str], None]) -> Iterator[str]:
    """The URL of a database of its own, of the kind that the fixture's parameter says, filled by its URL."""
    if request.param == "sqlite":
        url = f"sqlite:///{folder / 'old.db'}"
        fill(url)
        yield url
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    with server.database(migrated=False) as url:
        fill(url)
        yield url


def _program(name: str) -> str:
    """Debian keeps the server's programs out of PATH."""
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: float(path.parts[-3]))
    found = str(versions[-1]) if versions else shutil.which(name)
    if found is None:
        raise PostgresMissing(f"{name} is not installed; scripts/test installs postgresql")
    return found


def _identity() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then it runs as the user that its package has made."""
    if os.geteuid() != 0:
        return {}
    try:
        account = pwd.getpwnam("postgres")
    except KeyError:
        raise PostgresMissing("there is no user postgres to run the server as; install postgresql") from None
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
