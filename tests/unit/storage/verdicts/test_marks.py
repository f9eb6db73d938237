"""Each minute is asked what became complete: by an index, however much there is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from hotline.storage.verdicts.generations import Mark
from hotline.storage.verdicts.marks import MarkStore
from hotline.storage.verdicts.sources import SOURCES, Source, deadline_source
from tests.support.rows import MORNING, a_storage

GROWING = {
    **{
        name: SOURCES[name]
        for name in ("calls", "measured", "written", "records", "callbacks", "cases", "visits", "dials")
    },
    "deadlines": deadline_source("promise"),
    "several deadlines": deadline_source("case_reply", "case_solved"),
}


@pytest.mark.parametrize("source", GROWING.values(), ids=GROWING)
def test_what_grows_is_found_by_an_index(tmp_path: Path, source: Source) -> None:
    storage = a_storage(tmp_path)
    asked: list[tuple[str, Any]] = []
    event.listen(storage.engine, "before_cursor_execute", lambda *call: asked.append((call[2], call[3])))
    with storage.reading() as tx:
        assert MarkStore(tx).changed(source, Mark(MORNING, "5"), MORNING, 200) == []
        plans = [
            row[3]
            for statement, values in list(asked)
            if statement.startswith("SELECT")
            for row in tx.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        ]
    assert plans and not [plan for plan in plans if plan.startswith("SCAN")]
    assert not [plan for plan in plans if "(state=?)" in plan]
    storage.close()
