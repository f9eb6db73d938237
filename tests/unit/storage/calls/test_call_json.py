"""A call survives its way to JSON and through both databases, whatever stands in it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings

from hotline.domain.calls.call import Call, Caller, HangUp, Party, PartyKind, Ring
from hotline.domain.numbers import NO_NUMBER
from hotline.storage.calls.call_json import dump_call, load_call
from hotline.storage.calls.store import CallStore
from hotline.storage.transaction import Storage
from tests.support.call_strategies import calls
from tests.support.rows import MORNING, a_call


@given(calls())
def test_json_gives_back_the_same_call(call: Call) -> None:
    assert load_call(dump_call(call)) == call


@given(calls())
def test_what_a_driver_has_parsed_gives_back_the_same_call(call: Call) -> None:
    assert load_call(json.loads(dump_call(call))) == call


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(call=calls())
def test_a_database_gives_back_the_same_call(storage: Storage, call: Call) -> None:
    with storage.writing() as tx:
        CallStore(tx).save([call], MORNING)
    with storage.reading() as tx:
        assert CallStore(tx).get(call.node, call.linkedid) == call


def test_types_inside_are_kept() -> None:
    mobile = Party(PartyKind.MOBILE, "13800000001", "李四")
    at = MORNING + timedelta(microseconds=1)
    call = a_call("1", at, rings=(Ring(mobile, at, None, 0.001, 1, ""),), hang_up=HangUp(mobile, at, 16))
    back = load_call(dump_call(call))
    assert type(back.rings) is tuple and type(back.rings[0]) is Ring
    assert back.rings[0].party.kind is PartyKind.MOBILE
    assert back.started_at.microsecond == 1 and back.started_at.utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("a\x00b", "ab"),
        ("half \ud83d pair", "half \N{REPLACEMENT CHARACTER} pair"),
        ("a backslash before it: \\u0000", "a backslash before it: \\u0000"),
        ("\\\x00", "\\"),
        ("\"'; DROP TABLE call; --", "\"'; DROP TABLE call; --"),
        ("😀" * 300, "😀" * 300),
    ],
)
def test_a_callers_name_that_a_database_would_refuse_does_not_stop_the_batch(
    storage: Storage, sent: str, kept: str
) -> None:
    strange = a_call("strange", caller=Caller(NO_NUMBER, sent, sent, withheld=True), remarks=(sent,))
    with storage.writing() as tx:
        CallStore(tx).save([a_call("before"), strange, a_call("after")], MORNING)
    with storage.reading() as tx:
        back = CallStore(tx).get("node1", "strange")
        assert CallStore(tx).get("node1", "after") == a_call("after")
    assert back == replace(strange, caller=Caller(NO_NUMBER, kept, kept, withheld=True), remarks=(kept,))


def test_a_detail_written_before_a_field_was_added_is_read_with_its_default() -> None:
    older = json.loads(dump_call(a_call("1", remarks=("x",))))
    del older["remarks"], older["callback_number"]
    assert load_call(json.dumps(older)) == a_call("1")
