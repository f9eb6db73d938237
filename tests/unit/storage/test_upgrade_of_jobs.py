"""What jobs said in English before is kept as it stood, and can be said; quiet runs stay quiet."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from hotline.domain.reasons import because
from hotline.storage import migrate
from hotline.storage.engine import make_engine
from hotline.storage.job_runs.store import JobRunStore
from hotline.storage.transaction import Storage
from hotline.web.kit.refusals.registry import say
from tests.support.databases import fill_at, filled
from tests.support.rows import MORNING

SAID = {"a": "3 text messages sent", "b": "", "c": '"以前" 100 % {"code": 1}', "d": "3 text messages sent", "e": "null"}
#: More than are read at once.
MANY = 1005

_RUN = """
INSERT INTO job_outcome (job, started_at, ended_at, said, problem) VALUES ('{job}', :now, :now, :{job}, :nothing)
"""


@pytest.fixture(params=["sqlite", "postgres"])
def before(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    rows = [*[_RUN.format(job=job) for job in SAID], *[_RUN.format(job="d")] * MANY]
    fill = partial(fill_at, revision="0062", rows=rows, moments={"now": MORNING}, nothing="", **SAID)
    yield from filled(request, tmp_path, fill)


def test_what_was_said_before_stays(before: str) -> None:
    migrate.upgrade(before)
    migrate.require_current(before)
    storage = Storage(make_engine(before))
    with storage.reading() as tx:
        store = JobRunStore(tx)
        [found] = store.of("c", 5)
        texts = [each.said for each in store.of("d", MANY + 5)]
        latest = store.latest()
    assert found.said == because("storage.legacy", text=SAID["c"])
    assert say(found.said, str) == f"As it was written before: {SAID['c']}"
    assert texts == [because("storage.legacy", text=SAID["d"])] * (MANY + 1)
    assert latest["b"].said is None and latest["b"].is_quiet
    assert latest["e"].said == because("storage.legacy", text="null")
    storage.close()
