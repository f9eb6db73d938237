"""An upgrade to dashboards leaves what was there, and keeps one dashboard a person, on both databases (F7)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from hotline.domain.dashboards.dashboard import FIRST, KeptDashboard, Place
from hotline.storage import migrate
from hotline.storage.dashboards.store import DashboardStore
from hotline.storage.engine import make_engine
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage
from tests.support.databases import at_revision, filled
from tests.support.instance import at

_PERSON = "INSERT INTO person (id, name, active, version) VALUES (1, '赵敏', :yes, 1)"


@pytest.fixture(params=["sqlite", "postgres"])
def before(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database at the revision before."""
    yield from filled(request, tmp_path, _fill)


def _fill(url: str) -> None:
    at_revision(url, "0046")
    engine = make_engine(url)
    with engine.begin() as connection:
        connection.execute(text(_PERSON), {"yes": True})
    engine.dispose()


def test_f7_what_was_there_stays_and_a_dashboard_is_kept_once(before: str) -> None:
    migrate.upgrade(before)
    storage = Storage(make_engine(before))
    new = KeptDashboard(Place.OWN, "zhao", FIRST, 0, "zhao", at("2026-11-16 10:30:00"))
    with storage.writing() as tx:
        assert DashboardStore(tx).keep(new) and not DashboardStore(tx).keep(new)
    with storage.reading() as tx:
        assert DashboardStore(tx).of(Place.OWN, "zhao") == KeptDashboard(
            Place.OWN, "zhao", FIRST, 1, "zhao", at("2026-11-16 10:30:00")
        )
        assert [each.name for each in StaffStore(tx).all()] == ["赵敏"]
    storage.close()
