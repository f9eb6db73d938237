"""Views that stand in the database stop no upgrade, and calls of before are in the figures once they are rebuilt."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from hotline.domain.reports.scope import Scope
from hotline.services.reports.facts import rebuild
from hotline.services.reports.figures import values
from hotline.storage import migrate
from hotline.storage.calls.store import CallStore
from hotline.storage.engine import make_engine
from hotline.storage.transaction import Storage
from tests.support import report_day as hand
from tests.support.databases import at_revision, filled
from tests.support.instance import an_instance, at


@pytest.fixture(params=["sqlite", "postgres"])
def before(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database at the revision before, with calls and a view."""
    yield from filled(request, tmp_path, _fill)


def _fill(url: str) -> None:
    at_revision(url, "0039")
    engine = make_engine(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE VIEW figure_old AS SELECT id, counts_as FROM call"))
    storage = Storage(engine)
    with storage.writing() as tx:
        CallStore(tx).save(hand.calls(), hand.EVENING)
    storage.close()


def test_views_go_and_what_came_before_is_counted(before: str, tmp_path: Path) -> None:
    """F1."""
    migrate.upgrade(before)
    storage = Storage(make_engine(before))
    assert not inspect(storage.engine).get_view_names()
    settings = an_instance(tmp_path / "own", hand.EVENING).settings
    rebuild(storage, settings, hand.EVENING)
    with storage.reading() as tx:
        day = Scope(at("2026-11-16 00:00"), at("2026-11-17 00:00"))
        assert values(tx, day, ["incoming"], settings)["incoming"].value == hand.FIGURES["incoming"]
    storage.close()
