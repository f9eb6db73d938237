"""Cases that were open or closed come over to their kind's way with numbers, owners and what is known of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from hotline.domain.cases.case import CaseState
from hotline.storage import migrate
from hotline.storage.cases.calls import CaseCallStore
from hotline.storage.cases.kept_filters import KeptFilterStore
from hotline.storage.cases.store import CaseStore
from hotline.storage.deadlines.tables import deadline
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


_DEADLINE = (
    "INSERT INTO deadline (clock, object_id, rule, line, term, by_setting, started_at, gaps, pause_reason, due_at, "
    "counted_by) VALUES "
)
_CASE_7_8 = (
    "INSERT INTO service_case (id, number, kind, title, owner, state, opened_by, opened_at, department_id) VALUES "
)
_OF_0031 = (
    _CASE_7_8 + "(7, '20260311-007', 'complaint', '漏水', 'li', 'open', 'li', :h0, 3)",
    _CASE_7_8 + "(8, '20260311-008', 'complaint', '态度', 'li', 'open', 'li', :h0, NULL)",
    _DEADLINE + "('case_department', 7, 'D7', '', 'x', false, :h0, '[]', '', :h1, 'a.b')",
    _DEADLINE + "('case_solution', 7, 'D2', '', 'x', false, :h0, '[]', '', :h1, 'a.b')",
    _DEADLINE + "('case_department', 8, 'D7', '', 'x', false, :h0, '[]', '', :h1, 'a.b')",
)


@pytest.fixture(params=["sqlite", "postgres"])
def of_0031(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    def fill(url: str) -> None:
        fill_at(url, "0031", _OF_0031, {f"h{n}": MORNING + n * HOUR for n in range(2)})

    yield from filled(request, tmp_path, fill)


def test_departments_own_times_go_by_their_hours_and_none_of_them_moves(of_0031: str) -> None:
    migrate.upgrade(of_0031)
    storage = Storage(make_engine(of_0031))
    with storage.reading() as tx:
        rows = tx.connection.execute(select(deadline).order_by(deadline.c.id)).all()
        kept = KeptFilterStore(tx).of("li")
    storage.close()
    assert [(row.clock, row.object_id, row.line) for row in rows] == [
        ("case_department", 7, "department 3"),
        ("case_solution", 7, ""),
        ("case_department", 8, ""),
    ]
    assert {(row.due_at, row.counted_by) for row in rows} == {(MORNING + HOUR, "a.b")} and kept == []
