"""Cases that were open or closed come over to their kind's way with numbers, owners and what is known of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from hotline.domain.cases.case import CaseState
from hotline.storage import migrate
from hotline.storage.cases.calls import CaseCallStore
from hotline.storage.cases.store import CaseStore
from hotline.storage.engine import make_engine
from hotline.storage.transaction import Storage
from hotline.storage.workflow import StepStore
from tests.support.databases import fill_at, filled
from tests.support.rows import MORNING

HOUR = timedelta(hours=1)


@pytest.fixture(params=["sqlite", "postgres"])
def before(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database at the revision before."""
    yield from filled(request, tmp_path, _fill)


def _fill(url: str) -> None:
    fill_at(url, "0027", _ROWS, {f"h{n}": MORNING + n * HOUR for n in range(2)})


_CASE = (
    "INSERT INTO service_case (number, kind, form_id, caller_number, title, content, owner, state, opened_by, "
    "opened_at, closed_at, closed_by, result) VALUES "
)
_FORM = (
    "INSERT INTO call_form (id, node, linkedid, line, number, called_at, origin, owner, owner_name, state, version, "
    "caller_name, callback_number, address, category, content, handling, promise, follow_up_person, fields, "
    "created_at, updated_at, updated_by, done_by) VALUES (1, 'node1', 'a-1', 'main', '', :h0, 'operator', '1001', '', "
    "'done', 1, '', '', '', '', '', '', '', '', '{}', :h0, :h0, 'li', '')"
)
_ROWS = (
    _CASE + "('20260311-001', 'complaint', 1, '+8613800138000', '漏水', '', 'qian', 'open', 'li', :h0, NULL, '', '')",
    _CASE + "('20260311-002', 'complaint', NULL, '', '态度', '', 'li', 'closed', 'li', :h0, :h1, 'boss', '已道歉')",
    _CASE + "('20260311-003', 'request', NULL, '', '换货', '', 'li', 'closed', 'li', :h0, :h1, 'li', '已换')",
    _FORM,
)


def test_cases_come_over_with_numbers_owners_steps_and_calls(before: str) -> None:
    migrate.upgrade(before)
    storage = Storage(make_engine(before))
    with storage.reading() as tx:
        found = {
            each.number: each
            for number in ("20260311-001", "20260311-002", "20260311-003")
            if (each := CaseStore(tx).by_number(number)) is not None
        }
        steps = StepStore(tx).of("case", [each.id or 0 for each in found.values()], str)
        calls = CaseCallStore(tx).of([each.id or 0 for each in found.values()])
    storage.close()
    assert [(each.kind, each.version, each.stage, each.state, each.owner) for each in found.values()] == [
        ("complaint", 1, "registered", CaseState.OPEN, "qian"),
        ("complaint", 1, "archived", CaseState.CLOSED, "li"),
        ("request", 1, "closed", CaseState.CLOSED, "li"),
    ]
    told = [[(each.act, each.before, each.after, each.by) for each in steps[case.id or 0]] for case in found.values()]
    begun = ("open", None, "registered", "li")
    assert told == [
        [begun],
        [begun, ("archive", "registered", "archived", "boss")],
        [begun, ("close", "registered", "closed", "li")],
    ]
    assert [each.given for theirs in steps.values() for each in theirs] == [{}] * 5
    assert [(each.case_id, each.node, each.linkedid) for each in calls] == [(found["20260311-001"].id, "node1", "a-1")]
    assert found["20260311-001"].values == {} and found["20260311-001"].revision == 1
