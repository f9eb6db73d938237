"""A database is brought from any known state to what tables.py says, by one process at a time, all or nothing."""

from __future__ import annotations

import multiprocessing
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from hotline.domain.errors import StorageError
from hotline.storage import migrate
from hotline.storage.calls.store import CallStore
from hotline.storage.engine import make_engine
from hotline.storage.schema import metadata
from hotline.storage.search.tables import is_ours
from hotline.storage.transaction import Storage
from tests.support.databases import REVISIONS, PostgresServer
from tests.support.rows import MORNING, a_call

HEAD = REVISIONS[-1]
NEXT = f"{int(HEAD) + 1:04}"

_NEXT = f'''"""Next"""
import sqlalchemy as sa
from alembic import op

revision = "{NEXT}"
down_revision = "{HEAD}"


def upgrade() -> None:
    op.create_table("novelty", sa.Column("id", sa.Integer(), primary_key=True))
    {{then}}
'''


@pytest.fixture(params=["sqlite", "postgres"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database with nothing in it."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    with server.database(migrated=False) as url:
        yield url


@pytest.fixture
def own_migrations(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A copy of the migrations, in a folder whose name is awkward, that a test may add to."""
    folder = tmp_path / "50% of (it)" / "migrations"
    shutil.copytree(migrate.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(migrate, "MIGRATIONS", folder)
    return folder


def _tables(url: str) -> set[str]:
    engine = make_engine(url)
    try:
        return set(inspect(engine).get_table_names())
    finally:
        engine.dispose()


def test_the_migrations_make_what_the_tables_say(database: str) -> None:
    engine = make_engine(database)
    with engine.connect() as connection:
        # Alembic takes an empty default on SQLite for a change; the same migrations are checked on PostgreSQL.
        defaults = engine.dialect.name == "postgresql"
        options = {"compare_type": True, "compare_server_default": defaults, "include_name": is_ours}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_from_nothing_to_the_newest_and_not_twice(empty: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)  # no alembic.ini is looked for wherever one stands
    assert migrate.current(empty) is None
    assert migrate.pending(empty) == REVISIONS
    with pytest.raises(migrate.WrongSchema, match=r"^storage.lacks_revisions "):
        migrate.require_current(empty)
    assert migrate.upgrade(empty) == REVISIONS
    assert migrate.upgrade(empty) == []
    assert migrate.current(empty) == HEAD
    assert migrate.pending(empty) == []
    migrate.require_current(empty)


def test_what_stands_in_the_database_outlives_the_upgrade(database: str, own_migrations: Path) -> None:
    storage = Storage(make_engine(database))
    with storage.writing() as tx:
        CallStore(tx).save([a_call("1")], MORNING)
    (own_migrations / "versions" / f"{NEXT}_next.py").write_text(_NEXT.format(then="pass"))
    assert migrate.pending(database) == [NEXT]
    assert migrate.upgrade(storage.engine) == [NEXT]
    with storage.reading() as tx:
        assert CallStore(tx).get("node1", "1") == a_call("1")
    storage.close()


def test_a_migration_that_fails_leaves_nothing_half_done(database: str, own_migrations: Path) -> None:
    (own_migrations / "versions" / f"{NEXT}_next.py").write_text(_NEXT.format(then='op.execute("nonsense")'))
    with pytest.raises(Exception, match="nonsense"):
        migrate.upgrade(database)
    assert "novelty" not in _tables(database)
    assert migrate.current(database) == HEAD


def test_a_database_of_a_newer_version_is_refused_in_clear_words(database: str) -> None:
    engine = make_engine(database)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for attempt in (migrate.upgrade, migrate.pending, migrate.require_current):
        with pytest.raises(migrate.WrongSchema, match=r"^storage.newer revision=9999$"):
            attempt(engine)
    engine.dispose()


def test_several_processes_that_upgrade_at_once_apply_each_revision_once(empty: str) -> None:
    context = multiprocessing.get_context("fork")
    gate, results = context.Barrier(4), context.Queue()

    def run() -> None:
        gate.wait(60)
        results.put(migrate.upgrade(empty))

    processes = [context.Process(target=run) for _ in range(4)]
    for process in processes:
        process.start()
    applied = [results.get(timeout=60) for _ in processes]
    for process in processes:
        process.join(60)
    assert sorted(applied) == [[], [], [], REVISIONS]
    assert migrate.current(empty) == HEAD


def test_a_database_that_is_away_is_a_storage_error(tmp_path: Path) -> None:
    away = f"sqlite:///{tmp_path / 'no such folder' / 'hotline.db'}"
    for attempt in (migrate.upgrade, migrate.current):
        with pytest.raises(StorageError, match=r"^storage.failed why=.*unable to open"):
            attempt(away)


def test_a_file_that_is_no_database_is_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "hotline.db"
    path.write_bytes(os.urandom(5000))
    with pytest.raises(StorageError, match=r"^storage.failed why=.*not a database"):
        migrate.upgrade(f"sqlite:///{path}")


def test_a_developer_finds_what_the_tables_have_beyond_the_last_revision(sqlite_url: str, own_migrations: Path) -> None:
    engine = make_engine(sqlite_url)
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE line_test DROP COLUMN detail"))
        connection.execute(text("DROP TABLE call_fact"))
    written = migrate.revise(engine, "what is missing").read_text()
    engine.dispose()
    assert f"revision = '{NEXT}'" in written and f"down_revision = '{HEAD}'" in written
    assert "batch_op.add_column(sa.Column('detail', sa.Text()" in written
    assert "sa.Column('at', sa.DateTime(timezone=True), nullable=False)" in written
