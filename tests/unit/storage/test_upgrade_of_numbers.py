"""A site of the version before, with numbers in any spelling, comes up with each in one and nothing lost (A9, G3)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, text

from hotline.domain.numbers import normalise
from hotline.domain.persons import Whose
from hotline.domain.retention.privacy import KeptCall
from hotline.storage import migrate
from hotline.storage.callbacks.opening import OwedCallStore
from hotline.storage.callbacks.person import PersonCallbackStore
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.calls.store import CallStore
from hotline.storage.cases.block_requests import BlockRequestStore
from hotline.storage.customers.store import CustomerStore
from hotline.storage.engine import make_engine
from hotline.storage.line.blocklist import BlocklistStore
from hotline.storage.retention.privacy import PersonStore
from hotline.storage.transaction import Storage
from tests.support.databases import at_revision, filled
from tests.support.rows import MORNING, a_call

_DETAIL: dict[str, Any] = {
    "node": "node1",
    "linkedid": "",
    "direction": "inbound",
    "line": "main",
    "dialled": "4001234567",
    "caller": {"number": "", "original": "", "name": "", "withheld": False},
    "started_at": "2026-03-11T02:00:00Z",
    "answered_at": "2026-03-11T02:00:00Z",
    "ended_at": "2026-03-11T02:01:00Z",
    "outcome": "callback_requested",
    "answered_by": None,
    "talk_started_at": None,
    "wait_seconds": 0.0,
    "ring_seconds": 0.0,
    "talk_seconds": 0.0,
    "hold_seconds": 0.0,
    "menu": [],
    "routes": [],
    "queues": [],
    "rings": [],
    "talks": [],
    "holds": [],
    "pauses": [],
    "transfers": [],
    "recordings": [],
    "hang_up": None,
    "callback_number": "",
    "remarks": [],
}

#: linkedid, direction, number, original, callback number; and the numbers afterwards.
_CALLS = [
    ("c1", "inbound", "+8613900000007", "13900000007", "13900000007", "+8613900000007", "+8613900000007"),
    ("c2", "inbound", "+8613900000007", "008613900000007", "008613900000007", "+8613900000007", "+8613900000007"),
    ("c3", "inbound", "", "+8613900000001;cpc=ordinary", "", "+8613900000001", ""),
    ("c4", "inbound", "", "0000000", "0000000", "", ""),
    ("c5", "inbound", "+8657195588", "0571-95588", "", "+8695588", ""),
    ("c6", "internal", "1001", "1001", "", "", ""),
    ("c7", "inbound", "+14155552671", "0014155552671", "0014155552671", "+14155552671", "+14155552671"),
    ("c8", "inbound", "", "", "", "", ""),
]


@pytest.fixture(params=["sqlite", "postgres"])
def version_before(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    yield from filled(request, tmp_path, _fill)


def _fill(url: str) -> None:
    at_revision(url, _MIGRATION.down_revision)
    engine = make_engine(url)
    with engine.begin() as connection:
        now = MORNING if connection.dialect.name == "postgresql" else f"{MORNING:%Y-%m-%d %H:%M:%S}.000000"
        _calls(connection, now)
        _callbacks(connection, now)
        _people(connection, now)
    engine.dispose()


_MIGRATION = import_module("hotline.storage.migrations.versions.0004_numbers_in_one_spelling")


def _insert(connection: Connection, table: str, **values: Any) -> None:
    places = ", ".join(f":{name}" for name in values)
    connection.execute(text(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({places})"), values)


def _calls(connection: Connection, now: Any) -> None:
    for linkedid, direction, number, original, left, *_after in _CALLS:
        detail = {
            **_DETAIL,
            "linkedid": linkedid,
            "direction": direction,
            "callback_number": left,
            "caller": {**_DETAIL["caller"], "number": number, "original": original},
        }
        _insert(
            connection,
            "call",
            node="node1",
            linkedid=linkedid,
            direction=direction,
            line="main",
            dialled="400",
            caller_number=number,
            caller_original=original,
            caller_name="",
            started_at=now,
            ended_at=now,
            outcome="callback_requested",
            wait_seconds=0,
            ring_seconds=0,
            talk_seconds=0,
            hold_seconds=0,
            detail=json.dumps(detail),
            updated_at=now,
        )


def _callbacks(connection: Connection, now: Any) -> None:
    for linkedid, number, closed_at in (
        ("c1", "13900000007", None),
        ("c2", "008613900000007", None),
        ("c4", "0000000", None),
        ("c9", "88886666", None),
        ("c10", "075512345679", now),
        ("c11", "", now),
    ):
        _insert(
            connection,
            "callback",
            node="node1",
            linkedid=linkedid,
            line="main",
            number=number,
            reason="requested",
            queued_at=now,
            due_at=now,
            closed_at=closed_at,
        )


def _people(connection: Connection, now: Any) -> None:
    _insert(connection, "blocked_number", number="+8657195588", reason="test", blocked_by="boss", created_at=now)
    for number in ("+8695588", "+8657195588"):
        _insert(connection, "block_request", number=number, reason="test", asked_by="1001", asked_at=now)
    _insert(
        connection,
        "customer",
        name="张三",
        created_at=now,
        updated_at=now,
        updated_by="boss",
        version=1,
        company="",
        region="",
        address="",
        mail="",
        preferred_way="phone",
        do_not_call=False,
        note="",
    )
    for number in ("+8695588", "+8657195588", "+8613800138000"):
        _insert(connection, "customer_number", customer_id=1, number=number, extension="", label="")


def test_every_stored_number_has_one_spelling_afterwards(version_before: str) -> None:
    assert migrate.upgrade(version_before)[0] == "0004"
    storage = Storage(make_engine(version_before))
    with storage.reading() as tx:
        for linkedid, _direction, _number, original, _left, number, callback_number in _CALLS:
            call = CallStore(tx).get("node1", linkedid)
            assert call is not None
            assert (call.caller.number, call.caller.original, call.callback_number) == (
                number,
                original,
                callback_number,
            ), linkedid
        rows = {c.linkedid: c for c in CallbackStore(tx).list(include_closed=True)}
        assert {linkedid: c.number for linkedid, c in rows.items()} == {
            "c1": "+8613900000007",
            "c2": "+8613900000007",
            "c4": "",
            "c9": "",
            "c10": "+8675512345679",
            "c11": "",
        }
        assert rows["c9"].note == "88886666", "what no parser can read is not lost to whoever calls back"
        [owed] = CallbackStore(tx).owed_to(normalise("13900000007"))
        calls = OwedCallStore(tx).of([owed.id or 0])[owed.id or 0]
        assert [call.linkedid for call in calls] == ["c1", "c2"], "two became one number's: both calls are kept"
        assert [c.linkedid for c in PersonCallbackStore(tx).of(Whose([normalise("0755-12345679")]))] == ["c10"]
        found: list[KeptCall] = PersonStore(tx).calls(Whose([normalise("13900000001")]), 10)
        assert [kept.call.linkedid for kept in found] == ["c3"]
        assert BlocklistStore(tx).active(normalise("95588"), MORNING) is not None
        assert [(r.number, r.decided_by) for r in BlockRequestStore(tx).search(False, 10)] == [
            ("+8695588", "upgrade"),
            ("+8695588", ""),
        ]
        (customer,) = CustomerStore(tx).of_number(normalise("021-95588"))
        assert sorted(customer.whole_numbers) == ["+8613800138000", "+8695588"]
    storage.close()


def test_what_is_right_stays_as_it_is(database: str) -> None:
    storage = Storage(make_engine(database))
    with storage.writing() as tx:
        CallStore(tx).save([a_call("1")], MORNING)
    with storage.engine.begin() as connection:
        _MIGRATION._mend_calls(connection)
    with storage.reading() as tx:
        assert CallStore(tx).get("node1", "1") == a_call("1")
    storage.close()


@given(st.from_regex(r"\A(\+86|0086|86|0|)(1[3-9][0-9]{9}|(10|21|755|571)[2-8][0-9]{7}|95588|12345|400[0-9]{7})\Z"))
def test_the_reading_of_the_upgrade_agrees_with_the_programs(written: str) -> None:
    read = normalise(written)
    assert not read or _MIGRATION._read(written) == read
