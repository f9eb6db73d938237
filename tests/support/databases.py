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
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

import psycopg
import pytest
from alembic import command
from psycopg import sql
from sqlalchemy import make_url, text

from hotline.storage import migrate
from hotline.storage.engine import make_engine
from hotline.storage.migrate import MIGRATIONS, upgrade
from tests.support.made_once import made_once

#: All of the schema, oldest first.
REVISIONS = sorted(path.name[:4] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))

_START_SECONDS = 60

#: Each so many revisions a database is kept, from which those behind it are made.
_STAGE = 8

_MIGRATED = "template_migrated"

#: What of a database is not its rows: a test that leaves another one here gives no database back.
_SCHEMA = """
    SELECT (SELECT array_agg(version_num) FROM alembic_version),
        (SELECT count(*) FROM pg_db_role_setting),
        (SELECT md5(string_agg(
                format('%s %s %s %s %s', attrelid::regclass, attname, atttypid, attnotnull, atthasdef),
                ',' ORDER BY attrelid, attnum))
            FROM pg_attribute JOIN pg_class ON attrelid = pg_class.oid WHERE relnamespace = 'public'::regnamespace),
        (SELECT array_agg(format('%s %s', conname, pg_get_constraintdef(oid)) ORDER BY conname, conrelid)
            FROM pg_constraint WHERE connamespace = 'public'::regnamespace),
        (SELECT array_agg(format('%s %s', tgname, tgenabled) ORDER BY tgname, tgrelid) FROM pg_trigger),
        (SELECT array_agg(format('%s %s', proname, md5(prosrc)) ORDER BY proname)
            FROM pg_proc WHERE pronamespace = 'public'::regnamespace)
"""
_DISCONNECT = """
    SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_USED = """
    SELECT relname FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'alembic_version'
        AND pg_relation_size(oid) > 0
"""
_NUMBER_ANEW = """
    SELECT setval(seqrelid::regclass, seqstart, false) FROM pg_sequence
    WHERE pg_sequence_last_value(seqrelid) IS NOT NULL
"""


class PostgresMissing(Exception):
    """PostgreSQL is not installed or does not start. Tests that need it fail by this: nothing is skipped."""


class PostgresServer:
    """A server of its own in `folder`: reached by a socket there and nothing else, forgetting on power loss."""

    in_folder: ClassVar[dict[str, PostgresServer]] = {}

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._log = folder / "log"
        self._numbers = itertools.count(1)
        self._process: subprocess.Popen[str] | None = None
        self._emptied: list[str] = []
        self._schema: tuple[Any, ...] | None = None
        self._at: set[str] = set()

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
        self._copy("template0", _MIGRATED)
        upgrade(self._url(_MIGRATED))
        with self._connected(_MIGRATED) as connection:
            self._schema = connection.execute(_SCHEMA).fetchone()

    def stop(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)  # PostgreSQL's "fast" shutdown: waits for no client
            self._process.wait(timeout=30)

    @contextmanager
    def database(self, migrated: bool = True) -> Iterator[str]:
        """The URL of a database that is as new: nobody is connected any more afterwards. A migrated one is emptied then
        and given out again, which costs a tenth of making another, unless a test has changed what it is made of."""
        name = self._emptied.pop() if migrated and self._emptied else self._made(_MIGRATED if migrated else "template0")
        try:
            yield self._url(name)
        finally:
            if migrated and self._empty(name):
                self._emptied.append(name)
            else:
                self._drop(name)

    def put_at(self, name: str, revision: str) -> None:
        """This database anew, as it was at this revision."""
        template = self._template_at(revision)
        self._drop(name)
        self._copy(template, name)

    def _template_at(self, revision: str) -> str:
        name = f"template_{revision}"
        if revision not in self._at:
            before = _stage_before(revision)
            self._copy(self._template_at(before) if before else "template0", name)
            _bring_to(self._url(name), revision)
            self._at.add(revision)
        return name

    def _made(self, template: str) -> str:
        name = f"test_{next(self._numbers)}"
        self._copy(template, name)
        return name

    def _copy(self, template: str, name: str) -> None:
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        self._administer(statement.format(sql.Identifier(name), sql.Identifier(template)))

    def _drop(self, name: str) -> None:
        self._administer(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def _empty(self, name: str) -> bool:
        """Whether it is again as it was made."""
        with self._connected(name) as connection:
            connection.execute(_DISCONNECT)
            if connection.execute(_SCHEMA).fetchone() != self._schema:
                return False
            connection.execute("SET session_replication_role = replica")  # the audit log lets nobody take rows away
            used = [sql.Identifier(table) for (table,) in connection.execute(_USED)]
            if used:
                connection.execute(sql.SQL("TRUNCATE {} CASCADE").format(sql.SQL(", ").join(used)))
            connection.execute(_NUMBER_ANEW)
        return True

    def _url(self, database: str) -> str:
        return f"postgresql+psycopg://postgres@/{database}?host={self._folder}"

    def _administer(self, statement: sql.Composed | sql.SQL) -> None:
        with self._connected("postgres") as connection:
            connection.execute(statement)

    def _connected(self, database: str) -> psycopg.Connection[Any]:
        return psycopg.connect(host=str(self._folder), user="postgres", dbname=database, autocommit=True)

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
        PostgresServer.in_folder[str(folder)] = server
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


def at_revision(url: str, revision: str) -> None:
    """An empty database becomes as this revision has it: of each, one is made and copied."""
    place = make_url(url)
    assert place.database
    if place.drivername == "sqlite":
        shutil.copy(_sqlite_at(revision), place.database)
    else:
        PostgresServer.in_folder[str(place.query["host"])].put_at(place.database, revision)


def _sqlite_at(revision: str) -> Path:
    def make(path: Path) -> None:
        if before := _stage_before(revision):
            shutil.copy(_sqlite_at(before), path)
        _bring_to(f"sqlite:///{path}", revision)

    return made_once(f"at-{revision}.db", make)


def _stage_before(revision: str) -> str | None:
    """What the one of this revision is made from, so that no migration is run anew for each; None: from nothing."""
    place = REVISIONS.index(revision)
    return REVISIONS[place - (place % _STAGE or _STAGE)] if place >= _STAGE else None


def _bring_to(url: str, revision: str) -> None:
    engine = make_engine(url)
    with engine.begin() as connection:
        command.upgrade(migrate._config(connection), revision)
    engine.dispose()


def fill_at(url: str, revision: str, rows: Iterable[str], moments: Mapping[str, datetime], **values: object) -> None:
    """A database as it was at this revision, with these rows: each an INSERT, which names what it takes of `moments`
    and `values`."""
    at_revision(url, revision)
    engine = make_engine(url)
    with engine.begin() as connection:
        native = connection.dialect.name == "postgresql"
        known = {name: at if native else f"{at:%Y-%m-%d %H:%M:%S}.000000" for name, at in moments.items()} | values
        for row in rows:
            connection.execute(text(row), {name: value for name, value in known.items() if f":{name}" in row})
    engine.dispose()


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
