"""A database whose facts do not say who went on to another queue keeps them, and makes its days anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from hotline.storage import migrate
from hotline.storage.engine import make_engine
from hotline.storage.reports.tables import report_call, report_day, report_sum
from hotline.storage.transaction import Storage
from tests.support.databases import fill_at, filled
from tests.support.rows import MORNING

_DAY = "INSERT INTO report_day (day, marks, made_at) VALUES ('2026-03-11', '20 30 3 15 5', :morning)"
_CALL = (
    "INSERT INTO report_call (id, arrived_at, ended_at, day, week, weekday, slot, line, queue, extension, direction,"
    " counts_as, stage, not_admitted, by_mobile, wait_ms, ring_ms, talk_ms, hold_ms, before_ms, blind, attended,"
    " hung_up_by, menu_key) VALUES (7, :morning, :morning, '2026-03-11', '2026-W11', 3, 18, 'main', '', '1001',"
    " 'inbound', 'answered', '', '', 0, 5, 5, 9, 0, 1, 0, 0, 'caller', '')"
)


@pytest.fixture(params=["sqlite", "postgres"])
def before(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database at the revision before, with a call and a day that is summed up."""
    yield from filled(request, tmp_path, lambda url: fill_at(url, "0061", (_DAY, _CALL), {"morning": MORNING}))


def test_the_facts_stay_and_no_day_counts_as_summed_up(before: str) -> None:
    """F1."""
    migrate.upgrade(before)
    storage = Storage(make_engine(before))
    with storage.reading() as tx:
        kept = tx.connection.execute(select(report_call.c.id, report_call.c.safe_routed, report_call.c.overflowed))
        assert kept.all() == [(7, 0, 0)]
        assert not tx.connection.execute(select(report_day)).all()
        assert not tx.connection.execute(select(report_sum.c.number_known)).all()
    storage.close()
