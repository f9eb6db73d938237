"""The forecast and the people needed for a week, from a year's calls in the ledger: seconds for all that the page asks.

Calls follow a known pattern of weekdays, hours, months and holidays; what each row holds is a real call's.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from sqlalchemy import insert, select, text

from hotline.domain.calendar import local_day
from hotline.domain.people import Actor, Role
from hotline.domain.time import midnight
from hotline.services.calendar import work_calendar
from hotline.services.staffing.staffing import see_staffing
from hotline.settings import Home, Settings, load_settings
from hotline.storage.calls.store import CallStore
from hotline.storage.calls.tables import call
from hotline.storage.engine import make_engine
from hotline.storage.migrate import upgrade
from hotline.storage.transaction import Storage
from scripts.benchmarks._result import Result
from tests.support.databases import postgres_server
from tests.support.generated_calls import Pattern
from tests.support.rows import a_call

CALLS = 1_000_000
AIM = 5.0

#: A Monday, 10:00 in Shanghai.
NOW = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)
_WHO = Actor("li", (Role.SUPERVISOR,), "李主管")
_DAYS = 366
_AT_ONCE = 10_000


def run(say: Callable[[str], None], calls: int = CALLS) -> Iterator[Result]:
    with tempfile.TemporaryDirectory() as folder:
        yield from _measure(f"sqlite:///{Path(folder) / 'staffing.db'}", "SQLite", calls, say)
    with postgres_server() as server, server.database(migrated=False) as url:
        yield from _measure(url, "PostgreSQL", calls, say)


def _measure(url: str, name: str, calls: int, say: Callable[[str], None]) -> Iterator[Result]:
    upgrade(url)
    storage, settings = Storage(make_engine(url)), _settings()
    written = _fill(storage, settings, calls)
    say(f"  {name}: {written} calls of {_DAYS} days written")
    for what, line in (("all lines", ""), ("one line", "main")):
        began, used = perf_counter(), process_time()
        seen = see_staffing(storage, settings, line, local_day(NOW) + timedelta(days=7), _WHO, NOW)
        taken, ours = perf_counter() - began, process_time() - used
        error = seen.measured.whole.wape if seen.measured else None
        say(f"  {name}: {what}: {taken:.2f} s, {ours:.2f} s of our processor time, WAPE {100 * (error or 0):.1f} %")
        yield Result("forecast", f"{name}, {what}", taken, AIM, "the aim", "s")
    storage.close()


def _fill(storage: Storage, settings: Settings, calls: int) -> int:
    """As the pattern has them; how many there were."""
    with storage.writing() as tx:
        CallStore(tx).save([a_call("sample", NOW)], NOW)
        sample: dict[str, Any] = dict(tx.connection.execute(select(call)).one()._mapping)  # noqa: SLF001
    del sample["id"]
    pattern = Pattern(work_calendar(settings), calls / _DAYS * 1.3)
    rows: list[dict[str, Any]] = []
    written = 0
    for day, course in pattern.year(local_day(NOW) - timedelta(days=_DAYS), _DAYS, 5):
        for slot, count in enumerate(course):
            began = midnight(day) + timedelta(minutes=30 * slot)
            for place in range(count):
                at = began + timedelta(seconds=1800 * place / count)
                outcome = "abandoned_queue" if place % 20 == 7 else "answered"
                rows.append({**sample, "linkedid": f"{day}-{slot}-{place}", "started_at": at, "outcome": outcome})
        while len(rows) >= _AT_ONCE:
            written += _write(storage, rows[:_AT_ONCE])
            rows = rows[_AT_ONCE:]
    written += _write(storage, rows)
    with storage.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE call" if storage.engine.dialect.name == "postgresql" else "ANALYZE"))
    return written


def _write(storage: Storage, rows: list[dict[str, Any]]) -> int:
    if rows:
        with storage.writing() as tx:
            tx.connection.execute(insert(call), rows)
    return len(rows)


def _settings() -> Settings:
    with tempfile.TemporaryDirectory() as folder:
        return load_settings(Home(Path(folder)), {})
