"""A14: what stood there before is found by a part of its number, and what comes later too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from hotline.domain.calls.ledger import CallFilter
from hotline.storage import migrate
from hotline.storage.calls.store import CallStore
from hotline.storage.calls.tables import CALLERS, call
from hotline.storage.cases.listing import CaseListStore
from hotline.storage.cases.tables import service_case
from hotline.storage.engine import make_engine
from hotline.storage.forms.store import FormStore
from hotline.storage.forms.tables import call_form
from hotline.storage.transaction import Storage
from tests.support.databases import fill_at, filled
from tests.support.rows import MORNING, a_call


@pytest.fixture(params=["sqlite", "postgres"])
def before(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    yield from filled(request, tmp_path, _fill)


def _fill(url: str) -> None:
    call_row = (
        "INSERT INTO call (id, node, linkedid, direction, line, dialled, caller_number, caller_original, caller_name,"
        " started_at, wait_seconds, ring_seconds, talk_seconds, hold_seconds, detail, updated_at) VALUES"
        " (7, 'node1', 'a', 'inbound', 'main', '400', '+8613800138000', '13800138000', '', :at, 0, 0, 0, 0, '{}', :at)"
    )
    form = (
        "INSERT INTO call_form (id, node, linkedid, line, number, called_at, origin, owner, owner_name, state, version,"
        " callback_number, fields, created_at, updated_at, updated_by) VALUES (8, 'node1', 'a', 'main', '', :at,"
        " 'operator', '1001', '', 'open', 1, '010-88886666', '{}', :at, :at, '')"
    )
    case = (
        "INSERT INTO service_case (id, number, kind, caller_number, title, owner, state, opened_by, opened_at) VALUES"
        " (9, '20260311-001', 'request', '+8613912345678', '换货', 'li', 'open', 'li', :at)"
    )
    fill_at(url, "0054", (call_row, form, case), {"at": MORNING})


def test_a14_what_stood_there_is_found_and_unchanged(before: str) -> None:
    assert migrate.upgrade(before)
    storage = Storage(make_engine(before))
    with storage.reading() as tx:
        assert CALLERS.ids(tx.connection, "0013", 5) == [7]
        assert FormStore(tx).with_number(None, "8888", 5) == [8]
        assert CaseListStore(tx).with_number(None, "5678", 5) == [9]
        assert tx.connection.scalar(select(call.c.caller_number)) == "+8613800138000"
        assert tx.connection.scalar(select(call_form.c.callback_number)) == "010-88886666"
        assert tx.connection.scalar(select(service_case.c.caller_number)) == "+8613912345678"
    with storage.writing() as tx:
        CallStore(tx).save([a_call("b")], MORNING)
    with storage.reading() as tx:
        assert len(CALLERS.ids(tx.connection, "0013", 5) or ()) == 2
        assert CallStore(tx).search(CallFilter(caller="9999"), 5).total == 0
    storage.close()
    assert migrate.reindex(before) >= 0
