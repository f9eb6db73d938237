"""10,000, 100,000 and 1,000,000 visits, one in fifty open: milliseconds of a page of each list.

Of 300 visitors, of three years; two open ones in a thousand are over, one in ten has no visitor yet.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hotline.domain.numbers import Number
from hotline.domain.people import Actor, Role
from hotline.domain.visits.listing import VisitFilter, VisitTab
from hotline.domain.visits.visit import Origin, Satisfaction
from hotline.services.visits.listing import see_visits
from hotline.settings import Settings
from hotline.storage.engine import make_engine
from hotline.storage.transaction import Storage
from hotline.storage.visits.tables import visit
from scripts.benchmarks._pouring import pour, without_indexes
from scripts.benchmarks._result import Result
from scripts.benchmarks._sizes import asked_sizes, database
from scripts.benchmarks.cases import PAGES, p95_of, shipped, timed
from scripts.benchmarks.deadlines import settle

VISITORS = 300

#: A Monday, 10:00 in Shanghai.
NOW = datetime(2026, 3, 16, 2, 0, tzinfo=UTC)
_AT_ONCE = 20_000
_OF_MONTH = VisitFilter(VisitTab.DONE, since=NOW - timedelta(days=30))
_LISTS = {
    **{f"{tab.value}": VisitFilter(tab) for tab in VisitTab},
    "of campaigns": VisitFilter(VisitTab.ALL, origin=Origin.CAMPAIGN),
    "done of campaigns": VisitFilter(VisitTab.DONE, origin=Origin.CAMPAIGN),
    "of one visitor": VisitFilter(VisitTab.ALL, visitor="u9"),
    "done by one visitor in a month": replace(_OF_MONTH, visitor="u9"),
    "not satisfied in a month": replace(_OF_MONTH, result=Satisfaction.NOT_SATISFIED),
}


def run(say: Callable[[str], None], visits: int = 0) -> Iterator[Result]:
    for name, sizes in asked_sizes(visits):
        for size in sizes:
            with database(name) as url:
                yield from _measure(url, f"{name}, {size} visits", size, say)


def _measure(url: str, name: str, visits: int, say: Callable[[str], None]) -> Iterator[Result]:
    storage, settings = Storage(make_engine(url)), shipped()
    fill(storage, visits)
    settle(storage)
    say(f"  {name}: {visits} visits written")
    who = Actor("u7", (Role.SUPERVISOR,), "李主管")
    for what, wanted in _LISTS.items():
        yield p95_of("visits", name, what, _pages(storage, settings, wanted, who), say)
    storage.close()


def _pages(storage: Storage, settings: Settings, wanted: VisitFilter, who: Actor) -> list[float]:
    """One behind the other, and from the beginning again."""
    after = ""

    def page() -> None:
        nonlocal after
        after = see_visits(storage, settings, wanted, who, NOW, after).after

    return [timed(page) for _ in range(PAGES)]


def fill(storage: Storage, visits: int) -> None:
    rng = random.Random(400)
    with without_indexes(storage, visit):
        for first in range(1, visits + 1, _AT_ONCE):
            rows = [_row(rng, number) for number in range(first, min(first + _AT_ONCE, visits + 1))]
            with storage.writing() as tx:
                pour(tx.connection, visit, rows)


def _row(rng: random.Random, number: int) -> dict[str, object]:
    is_open = number % 50 == 0
    planned = NOW - timedelta(minutes=rng.randrange(4_000 if is_open else 3 * 365 * 24 * 60))
    due = NOW + timedelta(minutes=rng.randrange(-20, 10_000)) if is_open else planned + timedelta(days=3)
    origin = rng.choice((Origin.CASE, Origin.CASE, Origin.PROJECT, Origin.CAMPAIGN))
    result = rng.choice(tuple(Satisfaction))
    return {
        "origin": origin.value,
        "subject_id": number,
        "purpose": rng.choice(("热水器安装", "净水器维修", "空调清洗")),
        "number": Number.stored(f"+8613{number % 1_000_000_000:09}"),
        "begins_at": planned,
        "planned_at": planned,
        "due_at": due,
        "visitor": "" if is_open and number % 500 == 0 else f"u{number // 50 % VISITORS}",
        "assigned_at": planned,
        "state": "open" if is_open else "done",
        "closed_at": None if is_open else planned + timedelta(days=1),
        "ending": "" if is_open else "answered",
        "result": "" if is_open else result.value,
        "barred": [],
        "answers": {},
    }
