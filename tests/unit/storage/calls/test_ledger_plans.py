"""The ledger is counted and paged by its indexes: a row that is not shown is not read."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from hotline.domain.calls.call import Outcome
from hotline.domain.calls.ledger import CallFilter
from hotline.domain.rights.seeing import NumberAsked
from hotline.storage.calls.store import CallStore
from hotline.storage.transaction import Storage
from tests.support.rows import MORNING, a_call

#: Calls in progress are not among them: they are few, and found by an index of their own.
FILTERS = {
    "nothing": CallFilter(),
    "since": CallFilter(since=MORNING, until=MORNING + timedelta(days=1)),
    "outcome": CallFilter(outcomes=(Outcome.ANSWERED,)),
    "several outcomes": CallFilter(outcomes=(Outcome.ANSWERED, Outcome.ABANDONED_QUEUE)),
    "line": CallFilter(line="main"),
    "operator": CallFilter(answered_by="1001"),
    "ended": CallFilter(in_progress=False),
    "part of a number": CallFilter(caller="8000"),
    "letters of a number": CallFilter(caller="anon"),
    "the end of a number": CallFilter(caller_asked=NumberAsked(end="8000")),
    "line and outcome": CallFilter(line="main", outcomes=(Outcome.ANSWERED,)),
    "line and operator": CallFilter(line="main", answered_by="1001"),
    "all of them": CallFilter(line="main", answered_by="1001", outcomes=(Outcome.ANSWERED,), since=MORNING),
}


def _asked_of(storage: Storage, wanted: CallFilter) -> list[tuple[str, Any]]:
    """The statements that a search sends, with what is bound in them."""
    asked: list[tuple[str, Any]] = []

    def note(_conn, _cursor, statement, parameters, _context, _many) -> None:  # type: ignore[no-untyped-def]
        asked.append((statement, parameters))

    event.listen(storage.engine, "before_cursor_execute", note)
    try:
        with storage.reading() as tx:
            CallStore(tx).search(wanted, 50, 99_950, 10_000)
    finally:
        event.remove(storage.engine, "before_cursor_execute", note)
    return [(statement, parameters) for statement, parameters in asked if re.search(r" call\b", statement)]


@pytest.mark.parametrize("most", [5000, 1])
@pytest.mark.parametrize("name", FILTERS)
def test_counting_and_paging_read_no_row_that_is_not_shown(
    sqlite_storage: Storage, name: str, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or that the index of parts of numbers names, where it names few."""
    monkeypatch.setattr("hotline.storage.number_search.MOST_FOUND", most)
    storage = sqlite_storage  # PostgreSQL plans by what it finds in the tables
    with storage.writing() as tx:
        CallStore(tx).save([a_call(str(number)) for number in range(20)], MORNING)
    asked = _asked_of(storage, FILTERS[name])
    assert len(asked) == 2
    for statement, parameters in asked:
        with storage.reading() as tx:
            plan = [row[3] for row in tx.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
        reads = [step for step in plan if step.startswith(("SCAN call", "SEARCH call"))]
        assert reads
        by_id = "SEARCH call USING INTEGER PRIMARY KEY (rowid=?)"
        assert all("COVERING INDEX" in step or step == by_id for step in reads), plan
