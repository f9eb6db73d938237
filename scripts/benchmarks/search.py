"""Full text search over 100,000 calls: milliseconds a question, on SQLite and PostgreSQL.

Each call has a transcript of 200–600 Chinese characters, on two sides, and every second one its record. The reference
reads every text (LIKE) for the same words.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from sqlalchemy import select, text

from hotline.domain.search.search import SearchFilter, words_of
from hotline.storage.engine import make_engine
from hotline.storage.migrate import upgrade
from hotline.storage.search.store import SearchStore
from hotline.storage.search.tables import search_entry
from hotline.storage.transaction import Storage
from scripts.benchmarks import _spoken_history
from scripts.benchmarks._result import Result
from tests.support.databases import postgres_server

CALLS = 100_000
PAGE = 20
#: Reading every text is slow: so many questions of each kind are enough for it.
_REFERENCE_QUESTIONS = 3

#: Asks a database one question.
Ask = Callable[[str], int]


def run(say: Callable[[str], None], calls: int = CALLS) -> Iterator[Result]:
    with tempfile.TemporaryDirectory() as folder:
        yield from _measure(f"sqlite:///{Path(folder) / 'search.db'}", "SQLite", calls, say)
    with postgres_server() as server, server.database(migrated=False) as url:
        yield from _measure(url, "PostgreSQL", calls, say)


def _measure(url: str, name: str, calls: int, say: Callable[[str], None]) -> Iterator[Result]:
    upgrade(url)
    storage = Storage(make_engine(url))
    began = perf_counter()
    _spoken_history.fill(storage, calls, datetime(2026, 3, 11, tzinfo=UTC))
    _settle(storage)
    seconds = perf_counter() - began
    say(f"  {name}: {calls} calls written in {seconds:.0f} s")
    every: list[float] = []
    for kind, questions in _spoken_history.questions(random.Random(7)).items():
        ours = _times(lambda q: _found(storage, q), questions)
        theirs = _times(lambda q: _read_all(storage, q), questions[:_REFERENCE_QUESTIONS])
        every += ours
        say(f"  {name}: {kind}: p50 {_percentile(ours, 50):.1f} ms, p95 {_percentile(ours, 95):.1f} ms")
        yield Result(
            "search",
            f"{name}, {kind}, p95",
            _percentile(ours, 95),
            _percentile(theirs, 95),
            "reading every text",
            "ms",
            f"p50 {_percentile(ours, 50):.1f} ms; {len(questions)} questions",
        )
    yield Result(
        "search",
        f"{name}, all questions, p95",
        _percentile(every, 95),
        300.0,
        "the aim",
        "ms",
        f"{calls} calls; {1000 * seconds / calls:.1f} ms to write and index a call of two sides and a half "
        f"record; {_size(storage)}",
    )
    storage.close()


def _found(storage: Storage, question: str) -> int:
    with storage.reading() as tx:
        return len(SearchStore(tx).find(SearchFilter(words_of(question)), PAGE))


def _read_all(storage: Storage, question: str) -> int:
    wanted = [search_entry.c.text.contains(word, autoescape=True) for word in words_of(question)]
    with storage.engine.connect() as connection:
        return len(
            connection.execute(
                select(search_entry.c.id).where(*wanted).order_by(search_entry.c.id.desc()).limit(PAGE)
            ).all()
        )


def _times(ask: Ask, questions: list[str]) -> list[float]:
    """Milliseconds each."""
    times = []
    for question in questions:
        began = perf_counter()
        ask(question)
        times.append((perf_counter() - began) * 1000)
    return times


def _percentile(times: list[float], percent: int) -> float:
    return sorted(times)[min(len(times) * percent // 100, len(times) - 1)]


def _settle(storage: Storage) -> None:
    """What a database does by itself when it is left in peace."""
    with storage.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        lite = connection.dialect.name == "sqlite"
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)" if lite else "VACUUM ANALYZE search_entry"))


def _size(storage: Storage) -> str:
    with storage.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            index = connection.scalar(text("SELECT sum(length(block)) FROM search_gram_data"))
            kept = connection.scalar(text("SELECT sum(length(CAST(text AS BLOB))) FROM search_entry"))
            return f"index {(index or 0) / 1e6:.0f} MB beside {(kept or 0) / 1e6:.0f} MB of text"
        index = connection.scalar(text("SELECT pg_relation_size('ix_search_entry_grams')"))
        whole = connection.scalar(text("SELECT pg_table_size('search_entry')"))
        return f"index {(index or 0) / 1e6:.0f} MB, table {(whole or 0) / 1e6:.0f} MB"
