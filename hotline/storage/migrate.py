"""Upgrades the database to this version's schema; safe when several processes do it at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import Script, ScriptDirectory
from sqlalchemy import Connection, Engine

from hotline.domain.errors import HotlineError
from hotline.storage import number_parts
from hotline.storage.engine import BUSY_SECONDS, WRITING, make_engine
from hotline.storage.failures import told_as_ours
from hotline.storage.one_at_a_time import hold_alone
from hotline.storage.reports.views import drop_views
from hotline.storage.search import store as search

MIGRATIONS = Path(__file__).parent / "migrations"

#: Of the PostgreSQL advisory lock that whoever upgrades holds; any constant that nothing else uses.
_UPGRADE_LOCK = 400_002

#: The revisions that brought full text search, and took parts of numbers out of it: what stood in the database before
#: is indexed with them.
_INDEXED_ANEW = ("0003", "0005")

#: How long one process waits while another upgrades: copying a large table takes its time.
_WAIT_SECONDS = 600


class WrongSchema(HotlineError):
    """The database does not fit this version of the program; the message says what to do."""

    kind = "wrong_schema"


def upgrade(target: Engine | str) -> list[str]:
    """Apply what is missing, all or nothing; the revisions applied, oldest first.

    Raises WrongSchema for a database that a newer version has made, StorageError if it is away.
    """
    with _upgrading(target) as connection:
        missing = _missing(connection)
        if missing:
            drop_views(connection)
            command.upgrade(_config(connection), "head")
            number_parts.keep_triggers(connection)
        if set(_INDEXED_ANEW) & set(missing):
            search.rebuild(connection)
        return missing


def reindex(target: Engine | str) -> int:
    """Build the index of full text search anew, and those of parts of numbers; how many transcripts and forms are in
    the first. Nothing else is written meanwhile. Raises WrongSchema for a database that is not upgraded."""
    require_current(target)
    with _upgrading(target) as connection:
        number_parts.rebuild(connection)
        return search.rebuild(connection)


def current(target: Engine | str) -> str | None:
    """The revision the database is at; None for an empty one."""
    with _looking(target) as connection:
        return _revision(connection)


def pending(target: Engine | str) -> list[str]:
    """The revisions that `upgrade` would apply, oldest first. Raises WrongSchema for a newer database."""
    with _looking(target) as connection:
        return _missing(connection)


def require_current(target: Engine | str) -> None:
    """Raises WrongSchema unless the database is what this version of the program needs."""
    missing = pending(target)
    if missing:
        raise WrongSchema("storage.lacks_revisions", revisions=tuple(missing))


def revise(target: Engine | str, message: str) -> Path:
    """Write a new revision with what tables.py has and this (fully upgraded) database lacks: a developer's tool."""
    with _looking(target) as connection:
        config = _config(connection)
        number = max(int(each.revision) for each in ScriptDirectory.from_config(config).walk_revisions()) + 1
        script = command.revision(config, message, autogenerate=True, rev_id=f"{number:04}")
    assert isinstance(script, Script)
    return Path(script.path)


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    # Config reads "%" as the beginning of a reference.
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


@contextmanager
def _engine(target: Engine | str) -> Iterator[Engine]:
    if isinstance(target, Engine):
        yield target
        return
    engine = make_engine(target)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def _looking(target: Engine | str) -> Iterator[Connection]:
    with told_as_ours(), _engine(target) as engine, engine.connect() as connection:
        yield connection


@contextmanager
def _upgrading(target: Engine | str) -> Iterator[Connection]:
    """One transaction for all revisions, in which no other process upgrades."""
    with told_as_ours(), _engine(target) as engine, engine.connect() as connection:
        writer = connection.execution_options(**WRITING[engine.dialect.name])
        with _patience(writer), writer.begin():
            hold_alone(writer, _UPGRADE_LOCK)
            yield writer


@contextmanager
def _patience(connection: Connection) -> Iterator[None]:
    """SQLite waits longer than usual for whoever holds the database."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute(f"PRAGMA busy_timeout={_WAIT_SECONDS * 1000}")
    try:
        yield
    finally:
        driver.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _missing(connection: Connection) -> list[str]:
    scripts = ScriptDirectory.from_config(_config())
    known = [script.revision for script in scripts.walk_revisions()]
    known.reverse()
    at = _revision(connection)
    if at is None:
        return known
    if at not in known:
        raise WrongSchema("storage.newer", revision=at)
    return known[known.index(at) + 1 :]
