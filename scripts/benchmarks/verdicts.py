"""100,000 calls of a year with what the rules found: calls judged anew a CPU second, and milliseconds of what verdicts
add up to over the year."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import process_time

from hotline.domain.calls.call import Call, Party, PartyKind
from hotline.domain.quality import Finding
from hotline.domain.quality.results import CallScore, StoredFinding
from hotline.domain.verdicts.tally import TallyAxis, Window
from hotline.services.verdicts.evaluating import evaluate
from hotline.services.verdicts.tallies import breaches, tallies
from hotline.settings import Settings
from hotline.storage.calls.store import CallStore
from hotline.storage.engine import make_engine
from hotline.storage.migrate import upgrade
from hotline.storage.quality.findings import FindingStore
from hotline.storage.transaction import Storage, Transaction
from scripts.benchmarks._result import Result
from scripts.benchmarks.cases import shipped, timed
from scripts.benchmarks.deadlines import settle
from tests.support.databases import postgres_server
from tests.support.rows import a_call

CALLS = 100_000
AIM_CALLS, AIM_MS = 2000.0, 1000.0
_OPERATORS = 30
_YEAR = 365 * 24 * 60
_BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
_NOW = _BEGAN + timedelta(minutes=_YEAR + 60 * 24)
_AT_ONCE = 2000
#: By rule and kind, as a talk of two minutes has them.
_FOUND = (
    ("A8", "answer_seconds"),
    ("A8", "answer_rings"),
    ("A8", "first_words"),
    ("C1", "opening"),
    ("C2", "closing"),
    ("C3", "caller_hung_up"),
    ("C5", "speech_rate"),
    ("C7", "talking_over"),
    ("C8", "length"),
    ("C13", "surname_asked"),
    ("C13", "surname_used"),
    ("Q2", "shouting"),
    ("Q2", "too_quiet"),
)


@dataclass(frozen=True, slots=True)
class Figures:
    """The same at all times."""

    settings: Settings

    def at(self, _moment: datetime) -> Settings:
        return self.settings


def run(say: Callable[[str], None], calls: int = CALLS) -> Iterator[Result]:
    with tempfile.TemporaryDirectory() as folder:
        yield from _measure(f"sqlite:///{Path(folder) / 'verdicts.db'}", "SQLite", calls, say)
    with postgres_server() as server, server.database(migrated=False) as url:
        yield from _measure(url, "PostgreSQL", calls, say)


def _measure(url: str, name: str, calls: int, say: Callable[[str], None]) -> Iterator[Result]:
    upgrade(url)
    storage, figures = Storage(make_engine(url)), Figures(shipped())
    _fill(storage, calls)
    settle(storage)
    say(f"  {name}: {calls} calls written")
    began = process_time()
    made = evaluate(storage, figures, _BEGAN.date(), None, RULES_OF_CALLS, "bench", _NOW)
    seconds = process_time() - began
    rate = calls / seconds
    notes = f"{made.judged} subjects in {seconds:.1f} CPU s of ours"
    say(f"  {name}: {rate:.0f} calls/s; {notes}")
    yield Result("verdicts", f"{name}, calls judged a CPU second", rate, AIM_CALLS, "the aim", "calls/s", notes, True)
    window = Window(_BEGAN - timedelta(hours=8), _NOW + timedelta(days=31))
    for axis in (None, *TallyAxis):
        with storage.reading() as tx:
            taken = timed(lambda axis=axis: tallies(tx, window, axis))  # type: ignore[misc]
        yield Result("verdicts", f"{name}, a year by {axis or 'rule'}", taken, AIM_MS, "the aim", "ms")
    with storage.reading() as tx:
        taken = timed(lambda: breaches(tx, window, "C4", 50))
    yield Result("verdicts", f"{name}, newest 50 breaches of a rule of a year", taken, AIM_MS, "the aim", "ms")
    storage.close()


#: Those that are judged of each call: months and days are few.
RULES_OF_CALLS = (
    *("A1", "A3", "A5", "A7", "A8", "A10", "A12", "A13", "B1", "C1", "C2", "C3", "C4", "C5", "C6", "C7"),
    *("C12", "C13", "C14", "G1", "Q1", "Q2", "Q3"),
)


def _fill(storage: Storage, calls: int) -> None:
    rng = random.Random(400)
    for first in range(0, calls, _AT_ONCE):
        made = [_call(rng, number, calls) for number in range(first, min(first + _AT_ONCE, calls))]
        with storage.writing() as tx:
            CallStore(tx).save(made, _BEGAN)
            for each in made:
                _measured(tx, each, rng)


def _call(rng: random.Random, number: int, calls: int) -> Call:
    began = _BEGAN + timedelta(minutes=_YEAR * number // calls)
    who = Party(PartyKind.OPERATOR, str(1000 + number % _OPERATORS), "")
    return replace(a_call(f"node1-{number}", began, 120.0), answered_by=who, wait_seconds=float(rng.randrange(40)))


def _measured(tx: Transaction, call: Call, rng: random.Random) -> None:
    extension = call.answered_by.id if call.answered_by else ""
    found = [Finding(rule, kind, rng.random() < 0.03, True, 1.0, 2.0, 9.0, 12.0, 0.9) for rule, kind in _FOUND]
    if rng.random() < 0.02:
        found.append(Finding("C4", "forbidden", True, True, 0.9, 0.8, 40.0, 41.0, 0.9, "不 知道", "不知道"))
    measures = {"transcribed": True, "sound": True}
    score = CallScore(call.node, call.linkedid, extension, call.started_at, _BEGAN, measures)
    stored = [StoredFinding(call.node, call.linkedid, extension, call.started_at, each) for each in found]
    FindingStore(tx).replace(score, stored)
