"""1,000,000 calls of a year with all that hangs on them: milliseconds of each report.

HOTLINE_BENCH_CALLS: fewer calls. What the database takes on disk is said, and how long the facts take to be made anew.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from sqlalchemy import Index, text

from hotline.domain.reports.catalogue import FIGURES
from hotline.domain.reports.figure import How
from hotline.domain.reports.scope import Axis, Scope
from hotline.services.reports.facts import rebuild
from hotline.services.reports.figures import rows, split, values
from hotline.settings import Settings
from hotline.storage.engine import make_engine
from hotline.storage.migrate import upgrade
from hotline.storage.transaction import Storage
from scripts.benchmarks._report_rows import DAYS, TABLES, fill
from scripts.benchmarks._result import Result
from scripts.benchmarks.cases import shipped, timed
from scripts.benchmarks.deadlines import settle
from tests.support.databases import postgres_server
from tests.support.instance import at

CALLS = 1_000_000
AIM = 1000.0
_TIMES = 3
_START = at("2025-11-17 00:00")
NOW = _START + timedelta(days=DAYS, hours=10)
_YEAR = Scope(_START, _START + timedelta(days=DAYS))
_MONTH = Scope(at("2026-10-01 00:00"), at("2026-11-01 00:00"))

_LEVELS = ("incoming", "answered", "lost", "service_level", "abandonment", "average_answer", "handle_time")
_WAITS = ("wait_answered_p50", "wait_answered_p90", "wait_answered_longest", "wait_lost_p90", "talk_p90")
_OTHERS = ("callback_closure", "rating_mean", "records_in_time", "promises_kept", "answered_in_due_time")
_CASES = ("cases_opened", "cases_solved", "cases_reopened", "case_median_solving")
_STATES = ("signed_in", "state_ready", "occupancy", "calls_per_hour")
_CALLS = tuple(
    name
    for name, figure in FIGURES.items()
    if Axis.HALF_HOUR in figure.axes and figure.taken.how in (How.SUM, How.RATIO)
)

_Asked = tuple[str, Scope, Sequence[str], Axis | None]
_REPORTS: tuple[_Asked, ...] = (
    ("every figure of calls, a year", _YEAR, _CALLS, None),
    ("half hours, a year", _YEAR, _LEVELS, Axis.HALF_HOUR),
    ("half hour and weekday, a year", _YEAR, ("volume", "service_level"), Axis.HOUR_OF_WEEK),
    ("days, a year", _YEAR, _LEVELS, Axis.DAY),
    ("months, a year", _YEAR, _LEVELS, Axis.MONTH),
    ("lines, a year", _YEAR, _LEVELS, Axis.LINE),
    ("people, a year", _YEAR, _LEVELS, Axis.PERSON),
    ("subjects, a year", _YEAR, _LEVELS, Axis.SUBJECT),
    ("regions, a year", _YEAR, _LEVELS, Axis.REGION),
    ("one person's days, a year", replace(_YEAR, people=(7,)), _LEVELS, Axis.DAY),
    ("one person's subjects, a year", replace(_YEAR, people=(7,)), _LEVELS, Axis.SUBJECT),
    ("percentiles by month, a year", _YEAR, _WAITS, Axis.MONTH),
    ("percentiles by person, a month", _MONTH, _WAITS, Axis.PERSON),
    ("percentiles by person, a year", _YEAR, _WAITS, Axis.PERSON),
    ("different callers by month, a year", _YEAR, ("callers",), Axis.MONTH),
    ("callbacks, ratings, deadlines by month, a year", _YEAR, _OTHERS, Axis.MONTH),
    ("cases by month, a year", _YEAR, _CASES, Axis.MONTH),
    ("states by person, a year", _YEAR, _STATES, Axis.PERSON),
    ("subjects by region's filter, a year", replace(_YEAR, regions=("广东",)), _LEVELS, Axis.SUBJECT),
)


def run(say: Callable[[str], None], calls: int = 0) -> Iterator[Result]:
    calls = calls or int(os.environ.get("HOTLINE_BENCH_CALLS", CALLS))
    with tempfile.TemporaryDirectory() as folder:
        yield from _measure(f"sqlite:///{Path(folder) / 'reports.db'}", "SQLite", calls, say)
    with postgres_server() as server, server.database(migrated=False) as url:
        yield from _measure(url, "PostgreSQL", calls, say)


def _measure(url: str, name: str, calls: int, say: Callable[[str], None]) -> Iterator[Result]:
    upgrade(url)
    storage, settings = Storage(make_engine(url)), shipped()
    began = perf_counter()
    _without_indexes(storage, lambda: fill(storage, calls, _START))
    filled = perf_counter()
    days = rebuild(storage, settings, NOW)
    made = perf_counter()
    settle(storage)
    say(
        f"  {name}: {calls} calls written in {filled - began:.0f} s, {days} days of facts made in {made - filled:.0f} s"
    )
    say(f"  {name}: {_bytes(storage) / 1e6:.0f} MB, of which reports {_bytes(storage, 'report_') / 1e6:.0f} MB")
    yield Result("reports", f"{name}, facts made anew", 1e6 * (made - filled) / calls, 600.0, "the aim", "µs a call")
    for what, scope, names, axis in _REPORTS:
        used = process_time()
        taken = [timed(lambda: _ask(storage, settings, scope, names, axis)) for _ in range(_TIMES)]  # noqa: B023
        ours = (process_time() - used) * 1000 / _TIMES
        say(f"  {name}: {what}: {median(taken):.0f} ms, {ours:.0f} ms of our processor time")
        yield Result("reports", f"{name}, {calls} calls, {what}", median(taken), AIM, "the aim", "ms")
    taken = [timed(lambda: _open(storage, settings)) for _ in range(_TIMES)]
    yield Result("reports", f"{name}, {calls} calls, a figure's rows", median(taken), AIM, "the aim", "ms")
    storage.close()


def _ask(storage: Storage, settings: Settings, scope: Scope, names: Sequence[str], axis: Axis | None) -> None:
    with storage.reading() as tx:
        if axis is None:
            assert values(tx, scope, names, settings, NOW)
        else:
            assert split(tx, scope, names, axis, settings, NOW)


def _open(storage: Storage, settings: Settings) -> None:
    with storage.reading() as tx:
        assert rows(tx, _YEAR, "lost_in_queue", settings, 50, 0, NOW).ids


def _without_indexes(storage: Storage, fill_tables: Callable[[], None]) -> None:
    """Indexes are made at the end: with them every row would write a dozen places more."""
    indexes: list[Index] = [index for table in TABLES for index in table.indexes]
    for index in indexes:
        _alone(storage, index.drop)
    fill_tables()
    for index in indexes:
        _alone(storage, index.create)


def _alone(storage: Storage, do: Callable[..., object]) -> None:
    with storage.writing() as tx:
        do(tx.connection)


def _bytes(storage: Storage, prefix: str = "") -> float:
    """Tables with their indexes whose names begin so."""
    with storage.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            asked = "SELECT SUM(pgsize) FROM dbstat WHERE name LIKE :like OR name LIKE :index"
        else:
            asked = (
                "SELECT SUM(pg_relation_size(oid)) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
                " AND (relname LIKE :like OR relname LIKE :index)"
            )
        return float(connection.scalar(text(asked), {"like": f"{prefix}%", "index": f"ix_{prefix}%"}) or 0)
