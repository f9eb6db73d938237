"""10,000, 100,000 and 1,000,000 cases, one in five open: milliseconds of a page of each list and of the board, and
seconds of the sweep that sends up what is over.

Complaints, enquiries and others of 300 owners and 20 departments, of three years; two open ones in a thousand are over,
and as many so long that they go up.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from typing import Any

from hotline.domain.accounts.user import User
from hotline.domain.cases.case import SEARCHED_AS, CaseState
from hotline.domain.led import Led
from hotline.domain.numbers import Number
from hotline.domain.people import Actor, Role
from hotline.domain.staff.records import Person
from hotline.services.cases.escalating import escalate_cases
from hotline.services.cases.listing import AskedCases, CaseOrder, Which, list_cases, see_board
from hotline.settings import Home, Settings, load_settings
from hotline.storage.accounts.users import UserStore
from hotline.storage.cases.tables import service_case
from hotline.storage.engine import make_engine
from hotline.storage.search.tables import search_entry
from hotline.storage.search_index import Entry, indexed, kind_mark
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage
from scripts.benchmarks._pouring import pour, pour_entries, without_indexes
from scripts.benchmarks._result import Result
from scripts.benchmarks._sizes import asked_sizes, database
from scripts.benchmarks.deadlines import settle

AIM_PAGE = 200.0
AIM_SWEEP = 1.0
PAGES = 40
OWNERS, DEPARTMENTS = 300, 20

#: A Monday, 10:00 in Shanghai.
NOW = datetime(2026, 3, 16, 2, 0, tzinfo=UTC)
_AT_ONCE = 20_000
_WAYS = {
    "complaint": ("registered", "judged", "assigned", "checked", "proposed", "approved", "told"),
    "enquiry": ("registered", "assigned", "answered"),
    "repair": ("registered", "confirmed", "planned", "on_site"),
}
_LISTS = {
    "all, the first due first": AskedCases(),
    "all, the newest first": AskedCases(state=None, order=CaseOrder.NEWEST),
    "mine": AskedCases(Which.MINE),
    "my group's": AskedCases(Which.GROUP),
    "due today": AskedCases(Which.DUE_TODAY),
    "overdue": AskedCases(Which.OVERDUE),
    "waiting for the customer": AskedCases(Which.WAITING),
    "complaints of one stage": AskedCases(kind="complaint", stage="assigned"),
    "a word that many have": AskedCases(state=None, text="漏水", order=CaseOrder.NEWEST),
    "a word that many have, open ones": AskedCases(text="漏水"),
    "a rare word": AskedCases(state=None, text="发黄", order=CaseOrder.NEWEST),
    "a rare word, open ones": AskedCases(text="发黄"),
    "a word that none has": AskedCases(state=None, text="漏气", order=CaseOrder.NEWEST),
    "the end of a number": AskedCases(state=None, text="8013", order=CaseOrder.NEWEST),
    "a number": AskedCases(state=None, text="20250601-0000007", order=CaseOrder.NEWEST),
}


def run(say: Callable[[str], None], cases: int = 0) -> Iterator[Result]:
    for name, sizes in asked_sizes(cases):
        for size in sizes:
            with database(name) as url:
                yield from _measure(url, f"{name}, {size} cases", size, say)


def _measure(url: str, name: str, cases: int, say: Callable[[str], None]) -> Iterator[Result]:
    storage, settings = Storage(make_engine(url)), shipped()
    fill(storage, cases)
    settle(storage)
    say(f"  {name}: {cases} cases written")
    led = Led(usernames=frozenset(f"u{number}" for number in range(8)))
    who = Actor("u7", (Role.SUPERVISOR,), "李主管", led=led)
    for what, asked in _LISTS.items():
        yield p95_of("cases", name, what, [_page(storage, asked, place, who) for place in range(PAGES)], say)
    board = [timed(lambda: see_board(storage, AskedCases(kind="complaint"), who, NOW)) for _ in range(PAGES)]
    yield p95_of("cases", name, "the board of complaints", board, say)
    began = perf_counter()
    went = escalate_cases(storage, settings, NOW)
    taken = perf_counter() - began
    say(f"  {name}: {went} went up in {taken:.2f} s")
    each = 1000 * taken / went if went else 0.0
    yield Result("cases", f"{name}, sweep, 1000 that go up", each, AIM_SWEEP, "the aim", "s", f"{went} went up")
    again = timed(lambda: escalate_cases(storage, settings, NOW)) / 1000
    yield Result("cases", f"{name}, sweep of what is over", again, AIM_SWEEP, "the aim", "s")
    storage.close()


def p95_of(bench: str, name: str, what: str, taken: list[float], say: Callable[[str], None]) -> Result:
    p95 = quantiles(taken, n=20)[-1]
    say(f"  {name}: {what}: p95 {p95:.0f} ms")
    return Result(bench, f"{name}, {what}, p95", p95, AIM_PAGE, "the aim", "ms")


def _page(storage: Storage, asked: AskedCases, place: int, who: Actor) -> float:
    return timed(lambda: list_cases(storage, asked, 50, 50 * (place % 10), who, NOW))


def timed(do: Callable[[], object]) -> float:
    """Milliseconds."""
    began = perf_counter()
    do()
    return (perf_counter() - began) * 1000


def shipped() -> Settings:
    with tempfile.TemporaryDirectory() as folder:
        return load_settings(Home(Path(folder)), {})


def fill(storage: Storage, cases: int) -> None:
    rng = random.Random(400)
    taken: set[int] = set()
    with without_indexes(storage, service_case, search_entry):
        for first in range(1, cases + 1, _AT_ONCE):
            rows = [_row(rng, number) for number in range(first, min(first + _AT_ONCE, cases + 1))]
            with storage.writing() as tx:
                pour(tx.connection, service_case, [{"id": number, **row} for number, row in enumerate(rows, first)])
                pour_entries(tx.connection, [_entry(number, row) for number, row in enumerate(rows, first)], taken)
    with storage.writing() as tx:
        for name in ("qian", "sun", "zhou"):
            user = UserStore(tx).add(User(name, name, "x", (Role.SUPERVISOR,), False, True, NOW))
            StaffStore(tx).add_person(Person(name, user.id))


def _entry(number: int, row: Mapping[str, Any]) -> Entry:
    written = indexed("\n".join((row["number"], row["title"], row["content"])))
    return Entry(SEARCHED_AS, number, row["opened_at"], written, (kind_mark(SEARCHED_AS),))


def _row(rng: random.Random, number: int) -> dict[str, object]:
    opened = NOW - timedelta(minutes=rng.randrange(3 * 365 * 24 * 60))
    kind = rng.choice(tuple(_WAYS))
    is_open = rng.random() < 0.2
    due = NOW + timedelta(minutes=rng.randrange(-20, 10_000)) if is_open else None
    if is_open and number % 500 == 3:
        due = NOW - timedelta(days=30)  # goes up at the first sweep
    state = CaseState.OPEN if is_open else CaseState.CLOSED
    return {
        "number": f"{opened:%Y%m%d}-{number:03}",
        "kind": kind,
        "caller_number": Number.stored(f"+8613{number * 7919 % 1_000_000_000:09}"),
        "stage": rng.choice(_WAYS[kind]) if is_open else "closed",
        "title": rng.choice(("漏水", "不制冷", "噪音大", "送货迟", "态度不好")),
        "content": f"客户反映 {number} 号机器的情况，{'外壳发黄，' if number % 20_000 == 7 else ''}要求尽快处理。",
        "owner": f"u{number % OWNERS}",
        "department_id": number % DEPARTMENTS,
        "state": state.value,
        "opened_by": f"u{number % OWNERS}",
        "opened_at": opened,
        "closed_at": None if is_open else opened + timedelta(days=2),
        "due_at": due,
        "waiting": "等客户" if is_open and number % 50 == 0 else "",
        "values": {},
        "severity": rng.choice(("", "light", "medium", "severe")),
    }
