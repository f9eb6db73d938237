"""The plan of 200 people and 31 days: milliseconds until the page is there, and its bytes, on SQLite and PostgreSQL.

Five in seven days have a shift, a tenth of which are drafts, and everybody's neighbouring weeks are there too, since
rests and weeks reach beyond what is shown. The reference is the aim of 200 ms.
"""

from __future__ import annotations

import gzip
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time

from hotline.domain.people import Role
from hotline.domain.shifts.shift import PlannedShift
from hotline.domain.staff.records import Person
from hotline.domain.time import midnight
from hotline.storage.engine import make_engine
from hotline.storage.migrate import upgrade
from hotline.storage.shifts.store import ShiftStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage
from hotline.web.push.warm import settle
from scripts.benchmarks._result import Result
from tests.support.databases import postgres_server
from tests.support.web import a_web

PEOPLE, AIM = 200, 200.0
FIRST = date(2026, 12, 1)
_ROUNDS = 20
_PAGE = "/shifts?view=month&at=2026-12-01"


def run(say: Callable[[str], None], people: int = PEOPLE) -> Iterator[Result]:
    with tempfile.TemporaryDirectory() as folder:
        yield from _measure(f"sqlite:///{Path(folder) / 'shifts.db'}", "SQLite", people, say)
    with postgres_server() as server, server.database(migrated=False) as url:
        yield from _measure(url, "PostgreSQL", people, say)


def _measure(url: str, name: str, people: int, say: Callable[[str], None]) -> Iterator[Result]:
    upgrade(url)
    storage = Storage(make_engine(url))
    count = _fill(storage, people)
    say(f"  {name}: {people} people, {count} shifts")
    with tempfile.TemporaryDirectory() as folder:
        client = a_web(Path(folder), storage=storage).signed_in(Role.SUPERVISOR)
        body = client.get(_PAGE).get_data()
        settle()  # as `hotline web` does before it serves: else every tenth page waits for the collector, 0.4 s
        times, ours = [], []
        for _ in range(_ROUNDS):
            began, used = perf_counter(), process_time()
            assert client.get(_PAGE).status_code == 200
            times.append(1000 * (perf_counter() - began))
            ours.append(1000 * (process_time() - used))
    times.sort(), ours.sort()
    packed = len(gzip.compress(body, 6)) // 1024
    middle, most = len(times) // 2, int(0.95 * len(times)) - 1
    own = f"our processor time p50 {ours[middle]:.0f} ms, p95 {ours[most]:.0f} ms"
    notes = f"p50 {times[middle]:.0f} ms; {own}; {len(body) // 1024} kB, {packed} kB compressed"
    yield Result("plan", f"{name}, plan of {people} x 31, p95", times[most], AIM, "the aim", "ms", notes)
    storage.close()


def _fill(storage: Storage, people: int) -> int:
    shifts = []
    with storage.writing() as tx:
        for place in range(people):
            person = StaffStore(tx).add_person(Person(f"客服{place:03}"))
            shifts += [each for day in range(-10, 45) for each in _shift(person, place, FIRST + timedelta(days=day))]
        return ShiftStore(tx).add_all(shifts)


def _shift(person: Person, place: int, day: date) -> Iterator[PlannedShift]:
    if (day.toordinal() + place) % 7 >= 5:
        return
    evening = place % 3 == 0
    starts_at = midnight(day) + timedelta(hours=18 if evening else 9)
    shift = PlannedShift(person.name, starts_at, starts_at + timedelta(hours=6 if evening else 8), person.id)
    published_at = None if (day.toordinal() + place) % 10 == 0 else datetime(2026, 11, 1, tzinfo=UTC)
    yield replace(shift, kind="evening" if evening else "day", published_at=published_at)
