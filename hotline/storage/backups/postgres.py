"""A copy of a PostgreSQL database by pg_dump, and its way back by pg_restore and psql.

Passwords go by the environment, never as an argument that others of the machine could read."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy.engine import URL, make_url

from hotline.domain.backups.backup import TableSum
from hotline.domain.errors import HotlineError, StorageError
from hotline.storage.backups.sums import table_sum

_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
_SEQUENCES = (
    "SELECT schemaname, sequencename, last_value FROM pg_sequences "
    "WHERE schemaname = current_schema() AND last_value IS NOT NULL"
)
#: Of a connection's address: what libpq is told by the environment.
_QUERY = {"host": "PGHOST", "port": "PGPORT", "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT"}
_SAID = 300


def copy(url: str, target: Path) -> dict[str, TableSum]:
    """Write the dump, and say what is in each table: both of one moment. Raises StorageError."""
    with _connected(url) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        (snapshot,) = _one(connection, "SELECT pg_export_snapshot()")
        _run(url, "pg_dump", "-Fc", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={target}")
        return _sums(connection)


def bring_back(copied: Path, url: str) -> None:
    """Put the copy in the place of what is in the database, as one transaction of it: whoever reads waits, then sees
    the one or the other; when this process dies on the way everything is as it was. Sequences go on from where they had
    come. Raises StorageError."""
    script = copied.with_suffix(".sql")
    with _connected(url) as connection:
        given_out = connection.execute(_SEQUENCES).fetchall()
    _run(url, "pg_restore", "--clean", "--if-exists", "--no-owner", "--no-privileges", f"--file={script}", str(copied))
    after = copied.with_suffix(".after.sql")
    after.write_text("".join(_counted_on(*each) for each in given_out), "utf-8")
    quiet = ("--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--single-transaction", "--output=/dev/null")
    _run(url, "psql", *quiet, f"--file={script}", f"--file={after}")


def tried(copied: Path, url: str) -> dict[str, TableSum]:
    """Restore the copy into a database of its own on the same server, and say what is in it. The database is gone
    afterwards. Raises StorageError; HotlineError where the user may make no database."""
    name = f"hotline_drill_{secrets.token_hex(6)}"
    with _scratch(url, name) as scratch:
        _run(scratch, "pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", f"--dbname={name}", str(copied))
        with _connected(scratch) as connection:
            return _sums(connection)


def _counted_on(schema: str, name: str, value: int) -> str:
    """pg_dump's script leaves no schema to be looked in."""
    place = f'"{schema}"."{name}"'
    return f"SELECT setval('{place}', GREATEST({value}, (SELECT last_value FROM {place})));\n"


@contextmanager
def _scratch(url: str, name: str) -> Iterator[str]:
    """The address of a new, empty database."""
    try:
        with _connected(url, autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
    except StorageError as error:
        if isinstance(error.__cause__, psycopg.errors.InsufficientPrivilege):
            raise HotlineError("backups.no_scratch") from error
        raise
    try:
        yield _parsed(url).set(database=name).render_as_string(hide_password=False)
    finally:
        with _connected(url, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _sums(connection: psycopg.Connection[Any]) -> dict[str, TableSum]:
    names = [name for (name,) in connection.execute(_TABLES).fetchall()]
    return {name: table_sum(_rows(connection, name)) for name in names}


def _rows(connection: psycopg.Connection[Any], table: str) -> Iterator[str]:
    with connection.cursor(name="backup_rows") as cursor:
        cursor.execute(sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(table)))
        for (row,) in cursor:
            yield row


def _one(connection: psycopg.Connection[Any], statement: sql.SQL | str) -> tuple[Any, ...]:
    row: tuple[Any, ...] | None = connection.execute(statement).fetchone()
    assert row is not None
    return row


@contextmanager
def _connected(url: str, autocommit: bool = False) -> Iterator[psycopg.Connection[Any]]:
    parsed = _parsed(url).set(drivername="postgresql")
    try:
        with psycopg.connect(parsed.render_as_string(hide_password=False), autocommit=autocommit) as connection:
            yield connection
    except psycopg.Error as error:
        raise StorageError("storage.failed", why=str(error)[:_SAID]) from error


def _run(url: str, program: str, *arguments: str) -> None:
    path = _program(program)
    done = subprocess.run([path, *arguments], env=_environment(url), capture_output=True, text=True, check=False)
    if done.returncode:
        raise StorageError("storage.failed", why=f"{program}: {done.stderr.strip()[-_SAID:]}")


def _environment(url: str) -> dict[str, str]:
    parsed = _parsed(url)
    told = {
        "PGHOST": parsed.host,
        "PGPORT": str(parsed.port) if parsed.port else None,
        "PGUSER": parsed.username,
        "PGPASSWORD": parsed.password,
        "PGDATABASE": parsed.database,
        **{_QUERY[name]: str(value) for name, value in parsed.query.items() if name in _QUERY},
    }
    return {**os.environ, **{name: value for name, value in told.items() if value}}


def _parsed(url: str) -> URL:
    return make_url(url)


def _program(name: str) -> str:
    """The newest that is installed: an older one refuses a newer server. Raises HotlineError when there is none."""
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: float(path.parts[-3]))
    found = str(versions[-1]) if versions else shutil.which(name)
    if found is None:
        raise HotlineError("backups.no_program", program=name)
    return found
