"""One person's own day, asked for between two calls: milliseconds, with 200,000 calls, cases and visits.

Half of the calls have their record; one visit in fifty and one case in five is open.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import quantiles

from hotline.domain.people import Actor, Role
from hotline.services.own_day.own_day import see_own_day
from hotline.storage.engine import make_engine
from hotline.storage.migrate import upgrade
from hotline.storage.transaction import Storage
from scripts.benchmarks import cases, visits
from scripts.benchmarks._pop_history import fill
from scripts.benchmarks._result import Result
from scripts.benchmarks.cases import shipped, timed
from scripts.benchmarks.deadlines import settle
from scripts.benchmarks.visits import NOW
from tests.support.databases import postgres_server

ROWS = 200_000
#: Who sits at the desks; whose days are looked at.
OPERATORS = [str(1001 + each) for each in range(100)]
ASKED = 200
#: Milliseconds.
AIM = 50.0


def run(say: Callable[[str], None], rows: int = ROWS) -> Iterator[Result]:
    with tempfile.TemporaryDirectory() as folder:
        yield _measure(f"sqlite:///{Path(folder) / 'day.db'}", "SQLite", rows, say)
    with postgres_server() as server, server.database(migrated=False) as url:
        yield _measure(url, "PostgreSQL", rows, say)


def _measure(url: str, name: str, rows: int, say: Callable[[str], None]) -> Result:
    upgrade(url)
    storage, settings = Storage(make_engine(url)), shipped()
    fill(storage, "node1", OPERATORS, rows, NOW)
    visits.fill(storage, rows)
    cases.fill(storage, rows)
    settle(storage)
    say(f"  {name}: {rows} of each written")
    who = [
        Actor(f"u{place}", (Role.OPERATOR,), f"u{place}", place + 1, extension)
        for place, extension in enumerate(OPERATORS)
    ]
    taken = [timed(partial(see_own_day, storage, settings, who[each % len(who)], NOW)) for each in range(ASKED)]
    storage.close()
    p95 = quantiles(taken, n=20)[-1]
    say(f"  {name}: p95 {p95:.0f} ms, {sum(taken) / len(taken):.0f} ms on average")
    return Result("own_day", f"{name}, one person's day, p95", p95, AIM, "the aim", "ms")
