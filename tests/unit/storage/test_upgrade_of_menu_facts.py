"""F1: after an upgrade the days that are kept are made anew, so that their calls get their menus."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from hotline.services.reports.facts import sum_up_stale
from hotline.settings.load import default_settings
from hotline.storage import migrate
from hotline.storage.engine import make_engine
from hotline.storage.reports.tables import report_day, report_menu
from hotline.storage.transaction import Storage
from tests.support import report_day as hand
from tests.support.databases import fill_at, filled


@pytest.fixture(params=["sqlite", "postgres"])
def before(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    yield from filled(request, tmp_path, _fill)


def _fill(url: str) -> None:
    day = "INSERT INTO report_day (day, marks, made_at) VALUES ('2026-11-16', '20 30 3 15 0', :made)"
    fill_at(url, "0054", (day,), {"made": hand.EVENING})


def test_days_lose_their_mark_and_get_their_menus(before: str) -> None:
    migrate.upgrade(before)
    storage = Storage(make_engine(before))
    with storage.reading() as tx:
        assert tx.connection.scalar(select(func.count()).select_from(report_day)) == 0
    hand.put(storage)
    sum_up_stale(storage, default_settings(), hand.EVENING)
    with storage.reading() as tx:
        assert tx.connection.scalar(select(func.count()).select_from(report_menu)) == 23
