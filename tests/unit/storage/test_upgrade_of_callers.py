"""A database whose sums of days do not say who called counts every day from its facts until the days are made anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from hotline.storage import migrate
from hotline.storage.engine import make_engine
from hotline.storage.reports.tables import report_day, report_sum
from hotline.storage.transaction import Storage
from tests.support.databases import fill_at, filled
from tests.support.rows import MORNING

_DAY = "INSERT INTO report_day (day, marks, made_at) VALUES ('2026-03-11', '20 30 3 15 5', :morning)"


@pytest.fixture(params=["sqlite", "postgres"])
def before(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database at the revision before, with a day that is summed up."""
    yield from filled(request, tmp_path, lambda url: fill_at(url, "0059", (_DAY,), {"morning": MORNING}))


def test_no_day_counts_as_summed_up(before: str) -> None:
    """F1."""
    migrate.upgrade(before)
    storage = Storage(make_engine(before))
    with storage.reading() as tx:
        assert not tx.connection.execute(select(report_day)).all()
        assert not tx.connection.execute(select(report_sum.c.callers)).all()
    storage.close()
