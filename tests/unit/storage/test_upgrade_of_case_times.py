"""Cases that were closed before their working time was kept wait for the job that counts it (F1)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from hotline.storage import migrate
from hotline.storage.cases.solving import SolvingStore
from hotline.storage.engine import make_engine
from hotline.storage.transaction import Storage
from tests.support.databases import fill_at, filled
from tests.support.rows import MORNING

_CASE = (
    "INSERT INTO service_case (number, kind, title, owner, state, opened_by, opened_at, closed_at) VALUES "
    "('{number}', 'request', '换货', 'li', '{state}', 'li', :h0, {closed})"
)
_ROWS = (
    _CASE.format(number="20260311-001", state="open", closed="NULL"),
    _CASE.format(number="20260311-002", state="closed", closed=":h1"),
    _CASE.format(number="20260311-003", state="merged", closed=":h1"),
)
_AN_HOUR_LATER = MORNING + timedelta(hours=1)


@pytest.fixture(params=["sqlite", "postgres"])
def before(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    moments = {"h0": MORNING, "h1": _AN_HOUR_LATER}
    yield from filled(request, tmp_path, partial(fill_at, revision="0063", rows=_ROWS, moments=moments))


def test_f1_closed_cases_alone_wait_to_be_counted(before: str) -> None:
    migrate.upgrade(before)
    migrate.require_current(before)
    storage = Storage(make_engine(before))
    with storage.writing() as tx:
        store = SolvingStore(tx)
        [(case_id, opened, closed)] = store.uncounted(10)
        assert (opened, closed) == (MORNING, _AN_HOUR_LATER)
        store.keep({case_id: 3_600_000})
        assert store.uncounted(10) == []
    storage.close()
