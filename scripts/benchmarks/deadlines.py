"""100,000 open deadlines counted anew after a change of the calendar: seconds, on SQLite and PostgreSQL.

They are callbacks with their rows, begun from Friday afternoon to Sunday, three in ten of which were paused once, due
within a working day. The change closes the Monday: the worst case, in which each one moves and its callback with it.
Then one that moves none.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time

from sqlalchemy import insert, text

from hotline.domain.callbacks.owed import CALLBACK_CLOCK
from hotline.domain.deadlines.deadline import Deadline, Gap
from hotline.domain.deadlines.kept import KeptDeadline
from hotline.services.deadlines.clock import counting
from hotline.services.deadlines.recompute import recompute
from hotline.services.deadlines.sweep import sweep
from hotline.settings import Home, Settings, load_settings
from hotline.storage.callbacks.tables import callback
from hotline.storage.deadlines.store import DeadlineStore
from hotline.storage.engine import make_engine
from hotline.storage.migrate import upgrade
from hotline.storage.transaction import Storage
from scripts.benchmarks._result import Result
from tests.support.databases import postgres_server

DEADLINES = 100_000
AIM_SECONDS = 5.0

#: A Friday, 13:30 in Shanghai. With a term of eight working hours all are due on the Monday or the Tuesday after.
BEGIN = datetime(2026, 3, 13, 5, 30, tzinfo=UTC)
NOW = BEGIN + timedelta(days=2, hours=12)
_TERM = str(8 * 60)
_AT_ONCE = 5000


def run(say: Callable[[str], None], deadlines: int = DEADLINES) -> Iterator[Result]:
    with tempfile.TemporaryDirectory() as folder:
        yield from _measure(f"sqlite:///{Path(folder) / 'deadlines.db'}", "SQLite", deadlines, say)
    with postgres_server() as server, server.database(migrated=False) as url:
        yield from _measure(url, "PostgreSQL", deadlines, say)


def _measure(url: str, name: str, deadlines: int, say: Callable[[str], None]) -> Iterator[Result]:
    upgrade(url)
    storage, usual = Storage(make_engine(url)), _settings()
    _fill(storage, usual, deadlines)
    settle(storage)
    say(f"  {name}: {deadlines} deadlines written")
    for change, settings in (
        ("all move", _settings(CALENDAR__CLOSED='["2026-03-16"]')),
        ("none moves", _settings(CALENDAR__CLOSED='["2026-03-16", "2026-12-01"]')),
    ):
        began, used = perf_counter(), process_time()
        done = recompute(storage, settings, NOW)
        seconds, used = perf_counter() - began, process_time() - used
        say(f"  {name}: {change}: {done.counted} counted, {len(done.moved)} moved in {seconds:.1f} s")
        notes = f"{done.counted} counted, {len(done.moved)} moved; {used:.1f} s of our own processor time"
        yield Result("deadlines", f"{name}, {change}", seconds, AIM_SECONDS, "the aim", "s", notes)
    began = perf_counter()
    sweep(storage, settings, NOW)
    milliseconds = (perf_counter() - began) * 1000
    yield Result("deadlines", f"{name}, sweep with nothing to tell", milliseconds, 0.0, "none", "ms")
    storage.close()


def _settings(**environment: str) -> Settings:
    given = {"CALLBACKS__DUE_MINUTES": _TERM, **environment}
    with tempfile.TemporaryDirectory() as folder:
        return load_settings(Home(Path(folder)), {f"HOTLINE_{key}": value for key, value in given.items()})


def _fill(storage: Storage, settings: Settings, deadlines: int) -> None:
    rng, way = random.Random(400), counting(settings, CALLBACK_CLOCK, "main")
    assert way.usual is not None
    for first in range(1, deadlines + 1, _AT_ONCE):
        kept, rows = [], []
        for number in range(first, min(first + _AT_ONCE, deadlines + 1)):
            began = BEGIN + timedelta(seconds=rng.randrange(2 * 86_400))
            happened = Deadline(way.usual, began, _gaps(rng, began))
            each = KeptDeadline(CALLBACK_CLOCK, number, "main", happened, by_setting=True)
            each = each.recounted(happened, way.calendar, way.warn_before, way.counted_by, NOW)
            kept.append(each)
            rows.append(_row(number, began, each.due_at or began))
        with storage.writing() as tx:
            tx.connection.execute(insert(callback), rows)
            DeadlineStore(tx).add("A9", *kept)


def _gaps(rng: random.Random, began: datetime) -> tuple[Gap, ...]:
    since = began + timedelta(minutes=rng.randrange(1, 200))
    return (Gap(since, since + timedelta(hours=rng.randrange(1, 8)), "customer"),) if rng.random() < 0.3 else ()


def _row(number: int, began: datetime, due: datetime) -> dict[str, object]:
    return {
        "id": number,
        "node": "node1",
        "linkedid": str(number),
        "line": "main",
        "number": "",
        "reason": "missed",
        "queued_at": began,
        "due_at": due,
        "owed_from": began,
    }


def settle(storage: Storage) -> None:
    """What a database does by itself when it is left in peace."""
    with storage.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        lite = connection.dialect.name == "sqlite"
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)" if lite else "VACUUM ANALYZE"))
