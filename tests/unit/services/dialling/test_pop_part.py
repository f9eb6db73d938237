"""C1: the pop of a call that we dial says what for; one that came in asks nothing of it."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.calls.call import Call, Direction
from hotline.domain.dialling.dial import Dial
from hotline.domain.people import Actor, Role
from hotline.services.calls.ledger import record
from hotline.services.operators.pop import pop
from hotline.storage.calls.store import CallStore
from hotline.storage.dialling.store import DialStore
from hotline.storage.engine import make_engine
from hotline.storage.forms.store import FormStore
from hotline.storage.transaction import Storage
from tests.support.instance import an_instance
from tests.support.sample_calls import MONDAY_TEN, answered_call, dialled_call
from tests.support.sample_forms import open_form

QIAN = Actor("qian", (Role.OPERATOR,), "", 1, "1002")


@pytest.fixture
def hotline(tmp_path: Path, database: str) -> Hotline:
    return dataclasses.replace(an_instance(tmp_path, MONDAY_TEN), storage=Storage(make_engine(database)))


def shown(hotline: Hotline, call: Call, *earlier: Call) -> dict[str, object]:
    for each in (*earlier, call):
        record(hotline.storage, each.node, [each], [], lambda _call: None, MONDAY_TEN)
    with hotline.storage.writing() as tx:
        stored = CallStore(tx).by_id(CallStore(tx).id_of(call.node, call.linkedid) or 0)
        assert stored is not None
        return dict(pop(tx, hotline.settings, stored, QIAN, MONDAY_TEN).model_dump())


def dialled(hotline: Hotline, call: Call) -> None:
    with hotline.storage.writing() as tx:
        DialStore(tx).add(
            Dial(
                node=call.node,
                linkedid=call.linkedid,
                user="qian",
                extension="1002",
                number=call.caller.number,
                line="main",
                object_kind="callback",
                object_id=7,
                reason="您上午的来电",
                asked_at=call.started_at,
            )
        )


def test_what_is_dialled_for_stands_on_the_pop(hotline: Hotline) -> None:
    call = dialled_call()
    dialled(hotline, call)
    assert shown(hotline, call)["dialled"] == {"reason": "您上午的来电", "object_kind": "callback", "object_id": 7}


def test_a_call_that_came_in_was_dialled_for_nothing(hotline: Hotline) -> None:
    assert shown(hotline, answered_call())["dialled"] is None


def test_b8_the_pop_shows_what_we_dialled_before_and_calls_it_no_repeat(hotline: Hotline) -> None:
    before = dialled_call(start=MONDAY_TEN.replace(day=MONDAY_TEN.day - 1))
    now = shown(hotline, answered_call(), before)
    assert [each["direction"] for each in now["last_calls"]] == [Direction.DIALLED]  # type: ignore[attr-defined]
    assert now["repeat"] is None


def test_b8_a_call_that_we_dial_is_no_repeat(hotline: Hotline) -> None:
    before = answered_call(start=MONDAY_TEN.replace(day=MONDAY_TEN.day - 1))
    assert shown(hotline, dialled_call(), before)["repeat"] is None


@pytest.mark.parametrize(
    ("before", "repeats"),
    [(answered_call(start=MONDAY_TEN.replace(day=MONDAY_TEN.day - 1)), True)]
    + [(dialled_call(start=MONDAY_TEN.replace(day=MONDAY_TEN.day - 1)), False)],
)
def test_b8_only_what_they_called_about_is_repeated(hotline: Hotline, before: Call, repeats: bool) -> None:
    with hotline.storage.writing() as tx:
        FormStore(tx).add([open_form(before, MONDAY_TEN, category="consult")])
    found = shown(hotline, answered_call("again"), before)
    assert (found["repeat"] is not None) is repeats
