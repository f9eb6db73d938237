"""A site of any size with a year behind it, for the benchmarks of size: always the same one.

Ten thousand calls with their records, recordings, states, ratings, callbacks, deadlines, cases, facts and verdicts are
made by the code that makes them in service. The database then writes each row as often as the size wants it, with ids,
numbers and people of its own: code alone would take hours for a million. What a hundred such calls share is the moment
at which they came.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from time import perf_counter, process_time

from sqlalchemy import Connection, Table, event, select, text

from hotline.domain.search.search import grams as grams_of
from hotline.services.reports.facts import rebuild
from hotline.services.reports.figures import terms
from hotline.services.verdicts.evaluating import evaluate
from hotline.settings import Settings
from hotline.storage.callbacks.tables import callback
from hotline.storage.calls.tables import call
from hotline.storage.cases.tables import service_case
from hotline.storage.deadlines.tables import deadline
from hotline.storage.engine import make_engine
from hotline.storage.forms.tables import call_form
from hotline.storage.operators.tables import operator_state_change
from hotline.storage.recordings.tables import recording
from hotline.storage.reports.facts import ReportFactStore
from hotline.storage.reports.tables import report_call
from hotline.storage.satisfaction.tables import rating
from hotline.storage.search.tables import is_sqlite, search_entry
from hotline.storage.transaction import Storage
from hotline.storage.verdicts.tables import rule_verdict, verdict_day, verdict_tally
from scripts.benchmarks._pouring import without_indexes
from scripts.benchmarks._report_rows import DAYS, PEOPLE, fill
from scripts.benchmarks.deadlines import settle
from scripts.benchmarks.verdicts import RULES_OF_CALLS, Figures

BLOCK = 10_000
#: Rules of whose verdicts each one is there; of the others the sums alone.
WHOLE_RULES = ("A8", "A10", "B1", "C3", "C4", "Q1")
#: Between the ids of verdicts, which stay as they are, and those of their copies.
_STRIDE = 10_000_000

_LINKED = {"linkedid": "b.linkedid || '-' || k.n"}
_SHIFTED = f"1 + (b.person_id - 1 + 7 * k.n) % {PEOPLE}"
_EXTENSION = (
    "CASE WHEN b.{0} = '' THEN '' ELSE CAST(1001 + (CAST(b.{0} AS INTEGER) - 1001 + 7 * k.n) % {1} AS TEXT) END"
)
_NUMBER = "'+86' || CAST(13000000000 + (CAST(substr(b.{0}, 4) AS BIGINT) + 300000 * k.n) % 1000000000 AS TEXT)"


def _extension(column: str) -> dict[str, str]:
    return {column: _EXTENSION.format(column, PEOPLE)}


#: What differs from copy to copy, beside the id.
_COPIED: Mapping[Table, Mapping[str, str]] = {
    call: _LINKED | {"caller_number": _NUMBER.format("caller_number")} | _extension("answered_by"),
    call_form: _LINKED | {"number": _NUMBER.format("number")} | _extension("owner"),
    recording: _LINKED | {"path": "b.path || k.n"},
    operator_state_change: _extension("extension"),
    rating: _LINKED | {"number": _NUMBER.format("number")} | _extension("extension"),
    deadline: {"object_id": "b.object_id * {copies} + k.n"},
    callback: _LINKED | {"number": _NUMBER.format("number")},
    service_case: {"number": "b.number || '-' || k.n"},
    search_entry: {"id": "b.id + k.n", "source_id": "b.source_id * {copies} + k.n"},
    report_call: _extension("extension") | {"caller": "b.caller * {copies} + k.n", "person_id": _SHIFTED},
}


def build(storage: Storage, settings: Settings, calls: int, start: datetime, say: Callable[[str], None]) -> None:
    """`calls`: a multiple of BLOCK, or fewer than that."""
    began, used = perf_counter(), process_time()
    now = start + timedelta(days=DAYS, hours=10)
    fill(storage, min(calls, BLOCK), start)
    days = rebuild(storage, settings, now)
    evaluate(storage, Figures(settings), start.date(), None, RULES_OF_CALLS, "bench", now)
    say(f"  the first {min(calls, BLOCK)} calls in {perf_counter() - began:.0f} s")
    if (copies := calls // BLOCK) > 1:
        with _unprotected(storage) as alone:
            with without_indexes(alone, *_COPIED, rule_verdict, verdict_tally, verdict_day):
                _multiply(alone, copies)
            _sum_up(alone, settings, start, days, now)
    settle(storage)
    took, ours = perf_counter() - began, process_time() - used
    say(f"  {calls} calls with all that hangs on them in {took:.0f} s, {ours:.0f} s of our own processor time")


@contextmanager
def _unprotected(storage: Storage) -> Iterator[Storage]:
    """SQLite writes each page once, and keeps more of them: nobody else reads meanwhile, and what dies on the way is
    thrown away."""
    if storage.engine.dialect.name != "sqlite":
        yield storage
        return
    storage.close()
    engine = make_engine(storage.url)
    event.listen(engine, "connect", _write_once)
    alone = Storage(engine)
    yield alone
    alone.close()


def _write_once(connection: sqlite3.Connection, _record: object) -> None:
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-200000"):
        connection.execute(f"PRAGMA {pragma}")


def _multiply(storage: Storage, copies: int) -> None:
    for table, copied in _COPIED.items():
        ids = {"id": f"b.id * {copies} + k.n"}
        with storage.writing() as tx:
            tx.connection.execute(text(f"CREATE TEMPORARY TABLE base AS SELECT * FROM {table.name}"))
            tx.connection.execute(text(f"DELETE FROM {table.name}"))
            _copy(tx.connection, table, 0, copies, ids | dict(copied))
            tx.connection.execute(text("DROP TABLE base"))
    rules = ", ".join(f"'{rule}'" for rule in WHOLE_RULES)
    with storage.writing() as tx:
        tx.connection.execute(
            text(f"CREATE TEMPORARY TABLE base AS SELECT * FROM rule_verdict WHERE rule IN ({rules})")
        )
        person = f"CASE WHEN b.person_id = 0 THEN 0 ELSE {_SHIFTED} END"
        ids = {"id": f"b.id + k.n * {_STRIDE}", "subject_id": "b.subject_id || '-' || k.n", "person_id": person}
        _copy(tx.connection, rule_verdict, 1, copies, ids)
        tx.connection.execute(text("DROP TABLE base"))
    _multiply_grams(storage, copies)
    _multiply_sums(storage, copies)


def _multiply_grams(storage: Storage, copies: int) -> None:
    """What SQLite's index of search holds beside the entries. The words are the same in each copy."""
    with storage.writing() as tx:
        if not is_sqlite(tx.connection):
            return
        entries = tx.connection.execute(
            select(search_entry).where(search_entry.c.source_id % copies == 0).order_by(search_entry.c.id)
        )
        grams = [{"id": each.id, "grams": " ".join([*grams_of(each.text), *each.marks.split()])} for each in entries]
        for statement in (
            "CREATE TEMPORARY TABLE base (id INTEGER PRIMARY KEY, grams TEXT)",
            "INSERT INTO search_gram(search_gram) VALUES ('delete-all')",
        ):
            tx.connection.execute(text(statement))
        tx.connection.execute(text("INSERT INTO base VALUES (:id, :grams)"), grams)
        tx.connection.execute(
            text(
                "INSERT INTO search_gram(rowid, grams) WITH RECURSIVE k(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM k"
                f" WHERE n < {copies - 1}) SELECT b.id + k.n, b.grams FROM base b CROSS JOIN k ORDER BY b.id, k.n"
            )
        )
        tx.connection.execute(text("DROP TABLE base"))


def _copy(connection: Connection, table: Table, first: int, copies: int, values: Mapping[str, str]) -> None:
    """Side by side, as a year writes them."""
    names = [column.name for column in table.c]
    columns = ", ".join(values.get(name, f'b."{name}"').replace("{copies}", str(copies)) for name in names)
    listed = ", ".join(f'"{name}"' for name in names)
    connection.execute(
        text(
            f"INSERT INTO {table.name} ({listed}) WITH RECURSIVE k(n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM k"
            f" WHERE n < {copies - 1}) SELECT {columns} FROM base b CROSS JOIN k ORDER BY b.id, k.n"
        )
    )


def _multiply_sums(storage: Storage, copies: int) -> None:
    """Of verdicts, those of each copy with its people."""
    key = "day, rule, generation, line, person, judgement, why"
    copied = (
        f"WITH RECURSIVE k(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM k WHERE n < {copies - 1})"
        f" SELECT {key}, SUM(verdicts) FROM (SELECT b.*, CASE WHEN b.person_id = 0 THEN 0 ELSE {_SHIFTED} END AS person"
        f" FROM base b CROSS JOIN k) s GROUP BY {key}"
    )
    with storage.writing() as tx:
        for each in (
            "CREATE TEMPORARY TABLE base AS SELECT * FROM verdict_tally",
            "DELETE FROM verdict_tally",
            f"INSERT INTO verdict_tally ({key.replace('person', 'person_id')}, verdicts) {copied}",
            "DROP TABLE base",
            f"UPDATE verdict_day SET verdicts = verdicts * {copies}",
        ):
            tx.connection.execute(text(each))


def _sum_up(storage: Storage, settings: Settings, start: datetime, days: int, now: datetime) -> None:
    """The reports' sums, day by day as the job makes them."""
    for place in range(days):
        day = (start + timedelta(days=place, hours=8)).date().isoformat()
        with storage.writing() as tx:
            ReportFactStore(tx).sum_up(day, day, terms(settings), now, [day] if place < DAYS else [])


def bytes_of(storage: Storage, prefix: str = "") -> float:
    """What tables with their indexes take whose names begin so."""
    with storage.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            asked = "SELECT SUM(pgsize) FROM dbstat WHERE name LIKE :like OR name LIKE :index"
        else:
            asked = (
                "SELECT SUM(pg_relation_size(oid)) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
                " AND (relname LIKE :like OR relname LIKE :index)"
            )
        return float(connection.scalar(text(asked), {"like": f"{prefix}%", "index": f"ix_{prefix}%"}) or 0)
