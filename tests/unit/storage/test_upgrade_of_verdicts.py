"""Calls and records that stood there before verdicts came are judged by the job; verdicts stay as they were written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError

from hotline.domain.verdicts.verdict import Judgement
from hotline.services.verdicts.judging import judge_new
from hotline.storage import migrate
from hotline.storage.calls.call_json import dump_call
from hotline.storage.engine import make_engine
from hotline.storage.transaction import Storage
from hotline.storage.verdicts.tables import rule_verdict
from tests.support.databases import fill_at, filled
from tests.support.instance import an_instance
from tests.support.judged import judgements
from tests.support.rows import MORNING, a_call

MOMENTS = {"began": MORNING, "ended": MORNING + timedelta(seconds=60)}
NOW = MORNING + timedelta(days=2)
_CALL = (
    "INSERT INTO call (id, node, linkedid, direction, line, dialled, caller_number, caller_original, caller_name, "
    "started_at, ended_at, outcome, answered_by_kind, answered_by, wait_seconds, ring_seconds, talk_seconds, "
    "hold_seconds, counts_as, detail, updated_at) VALUES (1, 'node1', 'old', 'inbound', 'main', '', '', '', '', "
    ":began, :ended, 'answered', 'operator', '1001', 0, 0, 60, 0, 'answered', {detail}, :ended)"
)
_FORM = (
    "INSERT INTO call_form (id, node, linkedid, line, number, called_at, origin, owner, owner_name, state, version, "
    "fields, created_at, updated_at, updated_by, done_at) VALUES (1, 'node1', 'old', 'main', '', :began, 'operator', "
    "'1001', '', 'done', 2, '{}', :began, :ended, 'zhao', :ended)"
)


@pytest.fixture(params=["sqlite", "postgres"])
def before(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    yield from filled(request, tmp_path, _fill)


def _fill(url: str) -> None:
    detail = "CAST(:detail AS jsonb)" if url.startswith("postgresql") else ":detail"
    fill_at(url, "0039", (_CALL.format(detail=detail), _FORM), MOMENTS, detail=dump_call(a_call("old")))


def test_what_stood_there_before_is_judged_and_no_verdict_is_changed(before: str, tmp_path: Path) -> None:
    migrate.upgrade(before)
    migrate.require_current(before)
    storage = Storage(make_engine(before))
    hotline = an_instance(tmp_path, NOW, "", storage)
    assert judge_new(storage, hotline.in_force, NOW) > 0
    assert judgements(storage, "A1") == [Judgement.KEPT]
    assert judgements(storage, "B1") == [Judgement.KEPT]
    assert judge_new(storage, hotline.in_force, NOW) == 0
    for change in (update(rule_verdict).values(judgement="kept"), delete(rule_verdict)):
        with pytest.raises(DBAPIError), storage.engine.begin() as connection:
            connection.execute(change)
    assert judgements(storage, "B1") == [Judgement.KEPT]
    storage.close()
