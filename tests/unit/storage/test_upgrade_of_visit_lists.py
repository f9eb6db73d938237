"""Lists of visits of one origin are read by an index in their order, also of those that were there before it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import inspect

from hotline.domain.visits.listing import VisitFilter, VisitTab
from hotline.domain.visits.visit import Origin
from hotline.storage import migrate
from hotline.storage.engine import make_engine
from hotline.storage.transaction import Storage
from hotline.storage.visits.listing import VisitListStore
from tests.support.databases import fill_at, filled
from tests.support.rows import MORNING

_VISIT = """
INSERT INTO visit (id, origin, state, begins_at, planned_at, due_at, closed_at)
VALUES ({id}, '{origin}', '{state}', :at, :at, :at, {closed})
"""


@pytest.fixture(params=["sqlite", "postgres"])
def before(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    rows = [
        _VISIT.format(id=id, origin=origin, state=state, closed=":at" if state == "done" else "NULL")
        for id, origin, state in (
            (1, "campaign", "open"),
            (2, "case", "open"),
            (3, "campaign", "done"),
            (4, "campaign", "open"),
        )
    ]
    yield from filled(request, tmp_path, partial(fill_at, revision="0059", rows=rows, moments={"at": MORNING}))


@pytest.mark.parametrize(("tab", "index", "found"), [("all", "due", [1, 4]), ("done", "closed", [3])])
def test_e6_a_list_of_campaigns_goes_by_its_index(before: str, tab: str, index: str, found: list[int]) -> None:
    migrate.upgrade(before)
    storage = Storage(make_engine(before))
    name = f"ix_visit_origin_{index}"
    with storage.reading() as tx:
        page = VisitListStore(tx).page(VisitFilter(VisitTab(tab), origin=Origin.CAMPAIGN), None, 50)
        assert [each.id for each in page] == found
        assert name in {each["name"] for each in inspect(tx.connection).get_indexes("visit")}
        if tx.connection.dialect.name == "sqlite":
            moment, state = ("due_at", "= 'open'") if tab == "all" else ("closed_at", "<> 'open'")
            asked = f"SELECT id FROM visit WHERE origin = 'campaign' AND state {state} ORDER BY {moment}, id LIMIT 50"
            plan = " ".join(str(row) for row in tx.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}"))
            assert name in plan and "TEMP B-TREE" not in plan
    storage.close()
