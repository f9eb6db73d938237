"""The list of 100,000 open callbacks: milliseconds of a page, first and later ones, and the jobs that sweep them.

One in three has several calls, one in ten is taken, one in a hundred is an important customer's. Every page is asked
for as a supervisor sees it, with its counts, deadlines and calls.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import quantiles
from time import perf_counter, process_time

from sqlalchemy import insert

from hotline.domain.accounts.user import User
from hotline.domain.callbacks.listing import CallbackFilter, Tab
from hotline.domain.callbacks.owed import CALLBACK_CLOCK, CallbackReason
from hotline.domain.deadlines.deadline import Deadline
from hotline.domain.deadlines.kept import KeptDeadline
from hotline.domain.people import Actor, Role
from hotline.services.callbacks.listing import see_callbacks
from hotline.services.callbacks.releasing import release_left
from hotline.services.deadlines.clock import counting
from hotline.services.deadlines.sweep import sweep
from hotline.settings import Home, Settings, load_settings
from hotline.storage.accounts.users import UserStore
from hotline.storage.callbacks.tables import callback, callback_call
from hotline.storage.calls.store import CallStore
from hotline.storage.deadlines.store import DeadlineStore
from hotline.storage.engine import make_engine
from hotline.storage.migrate import upgrade
from hotline.storage.transaction import Storage
from scripts.benchmarks._result import Result
from scripts.benchmarks.deadlines import settle
from tests.support.databases import postgres_server
from tests.support.sample_calls import abandoned_call

CALLBACKS = 100_000
AIM_LIST = 100.0
AIM_SWEEP = 1.0
PAGES = 60
HOLDERS = 300

#: A Monday, 10:00 in Shanghai.
BEGIN = datetime(2026, 3, 16, 2, 0, tzinfo=UTC)
NOW = BEGIN + timedelta(hours=1)
_WHO = Actor("li", (Role.SUPERVISOR,), "李主管")
_AT_ONCE = 5000


def run(say: Callable[[str], None], callbacks: int = CALLBACKS) -> Iterator[Result]:
    with tempfile.TemporaryDirectory() as folder:
        yield from _measure(f"sqlite:///{Path(folder) / 'callbacks.db'}", "SQLite", callbacks, say)
    with postgres_server() as server, server.database(migrated=False) as url:
        yield from _measure(url, "PostgreSQL", callbacks, say)


def _measure(url: str, name: str, callbacks: int, say: Callable[[str], None]) -> Iterator[Result]:
    upgrade(url)
    storage, settings = Storage(make_engine(url)), _settings()
    _fill(storage, settings, callbacks)
    settle(storage)
    say(f"  {name}: {callbacks} callbacks written")
    for what, wanted in (
        ("pages one after the other", CallbackFilter()),
        ("overdue ones of a line", CallbackFilter(Tab.OVERDUE, line="main")),
        ("of one reason", CallbackFilter(reason=CallbackReason.VOICEMAIL)),
    ):
        taken = _pages(storage, settings, wanted)
        p95 = quantiles(taken, n=20)[-1]
        say(f"  {name}: {what}: p95 {p95:.0f} ms")
        yield Result("callbacks", f"{name}, {what}, p95", p95, AIM_LIST, "the aim", "ms")
    used = process_time()
    release_left(storage, settings, NOW)
    sweep(storage, settings, BEGIN)
    yield Result("callbacks", f"{name}, sweep, processor time", process_time() - used, AIM_SWEEP, "the aim", "s")
    storage.close()


def _pages(storage: Storage, settings: Settings, wanted: CallbackFilter) -> list[float]:
    taken, after = [], ""
    for _ in range(PAGES):
        began = perf_counter()
        seen = see_callbacks(storage, settings, _WHO, wanted, NOW, after)
        taken.append((perf_counter() - began) * 1000)
        after = seen.after
    return taken


def _settings() -> Settings:
    with tempfile.TemporaryDirectory() as folder:
        return load_settings(Home(Path(folder)), {})


def _fill(storage: Storage, settings: Settings, callbacks: int) -> None:
    rng, way = random.Random(400), counting(settings, CALLBACK_CLOCK, "main")
    assert way.usual is not None
    with storage.writing() as tx:
        for holder in range(HOLDERS):
            UserStore(tx).add(User(f"u{holder}", f"u{holder}", "hash", (Role.OPERATOR,), False, True, NOW))
    reasons = ("missed", "abandoned", "abandoned", "requested", "voicemail")
    for first in range(1, callbacks + 1, _AT_ONCE):
        rows, left, kept, calls = [], [], [], []
        for number in range(first, min(first + _AT_ONCE, callbacks + 1)):
            began = BEGIN + timedelta(seconds=rng.randrange(7200))
            happened = Deadline(way.usual, began)
            each = KeptDeadline(CALLBACK_CLOCK, number, "main", happened, by_setting=True)
            each = each.recounted(happened, way.calendar, way.warn_before, way.counted_by, NOW)
            kept.append(each)
            reason, linkedid = rng.choice(reasons), f"c{number}"
            count = rng.choice((1, 1, 2))
            mine = {"node": "node1", "linkedid": linkedid, "reason": reason, "queued_at": began, "owed_from": began}
            taken = f"u{number % HOLDERS}" if rng.random() < 0.1 else ""
            rows.append(
                {
                    "id": number,
                    "line": "main",
                    "number": f"+86139{number:08}",
                    "due_at": each.due_at or began,
                    "calls": count,
                    "rank": 0 if rng.random() < 0.01 else 1,
                    "taken_by": taken,
                    "taken_at": NOW if taken else None,
                    **mine,
                }
            )
            left += [{**mine, "callback_id": number, "linkedid": f"{linkedid}-{place}"} for place in range(count)]
            calls += [abandoned_call(f"{linkedid}-{place}", began, f"+86139{number:08}") for place in range(count)]
        with storage.writing() as tx:
            CallStore(tx).save(calls, NOW)
            tx.connection.execute(insert(callback), rows)
            tx.connection.execute(insert(callback_call), left)
            DeadlineStore(tx).add("A9", *kept)
