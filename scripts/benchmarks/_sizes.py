"""Of which sizes a benchmark of size is, and on which databases.

HOTLINE_BENCH_SIZES: others than 10,000, 100,000 and 1,000,000, as 10000,100000. HOTLINE_BENCH_DATABASES: SQLite or
PostgreSQL alone.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from hotline.storage.migrate import upgrade
from tests.support.databases import postgres_server

_SIZES = "10000,100000,1000000"
_DATABASES = "SQLite,PostgreSQL"


def databases() -> list[str]:
    """Which are measured, by name."""
    return os.environ.get("HOTLINE_BENCH_DATABASES", _DATABASES).split(",")


def asked_sizes(alone: int = 0) -> Iterator[tuple[str, Sequence[int]]]:
    """By database. `alone`: this size in place of all."""
    sizes = [alone] if alone else [int(each) for each in os.environ.get("HOTLINE_BENCH_SIZES", _SIZES).split(",")]
    for name in databases():
        yield name, sizes


@contextmanager
def database(name: str) -> Iterator[str]:
    """The URL of an empty one, upgraded, which is gone afterwards."""
    if name == "SQLite":
        with tempfile.TemporaryDirectory() as folder:
            url = f"sqlite:///{Path(folder) / 'large.db'}"
            upgrade(url)
            yield url
        return
    with postgres_server() as server, server.database(migrated=False) as url:
        upgrade(url)
        yield url
