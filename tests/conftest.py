"""Fixtures for all tests: databases of both kinds, real ones."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from hypothesis import settings

from hotline.cli.kit.language import is_chinese
from hotline.services.accounts import passwords
from hotline.storage.engine import make_engine
from hotline.storage.transaction import Storage
from tests.support import made_once
from tests.support.databases import PostgresServer, postgres_server
from tests.support.prepared import migrated_database
from tests.support.shared_cards import share_cards
from tests.support.shared_statements import share_statements
from tests.support.shared_translations import share_translations
from tests.support.unsynced import wait_for_no_disk

# The command line would speak Chinese on a machine that does.
if is_chinese():
    os.environ["LC_ALL"] = "C.UTF-8"

#: A slow machine is no failure.
settings.register_profile("hotline", deadline=None)
settings.load_profile("hotline")


def pytest_configure() -> None:
    """Before the processes that a run is split into begin, so that all have the same folder."""
    made_once.begin()


def pytest_collection_finish() -> None:
    """Modules and tests stay to the end: the collector need not look through a million objects again and again. What a
    test leaves is little: it need not look for that a hundred times a test either."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)


@pytest.fixture(scope="session", autouse=True)
def cheap_hashes() -> None:
    """Real argon2, at a cost that lets a hundred people sign in within seconds. A server checks a password at the cost
    at which it was hashed, so it is as quick with people that a test adds."""
    passwords._hasher = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> None:
    """Statements, not once a database; translations and cards, read, not once an application."""
    share_statements()
    share_translations()
    share_cards()


@pytest.fixture(scope="session", autouse=True)
def unsynced() -> None:
    wait_for_no_disk()


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    with postgres_server() as server:
        yield server


@pytest.fixture(scope="session")
def sqlite_template() -> Path:
    return migrated_database()


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A migrated SQLite database, new for each test."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'hotline.db')}"


@pytest.fixture
def postgres_url(postgres: PostgresServer) -> Iterator[str]:
    """A migrated PostgreSQL database, new for each test."""
    with postgres.database() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> str:
    """The URL of a migrated database: the test runs once on each kind."""
    return request.getfixturevalue(f"{request.param}_url")


def _storage(url: str) -> Iterator[Storage]:
    storage = Storage(make_engine(url))
    yield storage
    storage.close()


@pytest.fixture
def sqlite_storage(sqlite_url: str) -> Iterator[Storage]:
    yield from _storage(sqlite_url)


@pytest.fixture
def postgres_storage(postgres_url: str) -> Iterator[Storage]:
    yield from _storage(postgres_url)


@pytest.fixture
def storage(database: str) -> Iterator[Storage]:
    """What a service is given, on each kind of database."""
    yield from _storage(database)
