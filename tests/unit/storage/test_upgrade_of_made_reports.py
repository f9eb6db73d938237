"""An upgrade to scheduled reports leaves what was there, and keeps each report once, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from hotline.domain.scheduled_reports.report import MadeReport
from hotline.domain.scheduled_reports.schedule import ReportKind
from hotline.storage import migrate
from hotline.storage.engine import make_engine
from hotline.storage.scheduled_reports.store import ScheduledReportStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage
from tests.support.databases import at_revision, filled
from tests.support.instance import at

NOON, DUE = at("2026-11-16 12:00:00"), at("2026-11-16 17:30:00")

_PERSON = "INSERT INTO person (id, name, active, version) VALUES (1, '赵敏', :yes, 1)"


@pytest.fixture(params=["sqlite", "postgres"])
def before(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database at the revision before."""
    yield from filled(request, tmp_path, _fill)


def _fill(url: str) -> None:
    at_revision(url, "0042")
    engine = make_engine(url)
    with engine.begin() as connection:
        connection.execute(text(_PERSON), {"yes": True})
    engine.dispose()


def test_b4_what_was_there_stays_and_a_report_is_kept_once(before: str) -> None:
    migrate.upgrade(before)
    storage = Storage(make_engine(before))
    new = MadeReport(ReportKind.DAILY, 0, NOON, DUE, NOON, {"figures": {}}, "0" * 64)
    with storage.writing() as tx:
        added = ScheduledReportStore(tx).add(new)
        assert added is not None and ScheduledReportStore(tx).add(new) is None
        assert ScheduledReportStore(tx).last_due(ReportKind.DAILY) is None
        ScheduledReportStore(tx).begin(ReportKind.DAILY, NOON)
        ScheduledReportStore(tx).begin(ReportKind.DAILY, DUE)
    with storage.reading() as tx:
        assert ScheduledReportStore(tx).by_id(added.id or 0) == added
        assert ScheduledReportStore(tx).last_due(ReportKind.DAILY) == NOON
        assert [each.name for each in StaffStore(tx).all()] == ["赵敏"]
    storage.close()
