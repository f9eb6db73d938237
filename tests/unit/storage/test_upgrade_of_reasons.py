"""Reasons that were stored as English sentences are codes and values afterwards, and none is lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text

from hotline.domain.reasons import Reason, because
from hotline.domain.retention.deletion import DeletionFilter
from hotline.storage import migrate
from hotline.storage.engine import make_engine
from hotline.storage.line.line_tests import LineTestStore
from hotline.storage.operators.store import TransferStore
from hotline.storage.recordings.transcripts import TranscriptStore
from hotline.storage.retention.deletions import DeletionStore
from hotline.storage.transaction import Storage
from hotline.web.kit.refusals.registry import say
from tests.support.databases import at_revision, filled
from tests.support.rows import MORNING

DELETED = {
    "E2: time over on 2029-03-12": because("retention.time_over", day="2029-03-12"),
    "E2: time over on 2029-03-12, category complaint": because(
        "retention.time_over_of_category", day="2029-03-12", category="complaint"
    ),
    "E2: time over on 2029-03-12; G3: request 7": because("retention.time_over_and_asked", day="2029-03-12", request=7),
    "E2: time over on 2029-03-12, category complaint; G3: request 7": because(
        "retention.time_over_of_category_and_asked", day="2029-03-12", category="complaint", request=7
    ),
    'written by hand: "以前" 100 % {x}': because("storage.legacy", text='written by hand: "以前" 100 % {x}'),
}
TRANSFERS = {
    "nobody took it": because("operators.nobody_took_it"),
    "the caller was gone": because("operators.caller_was_gone"),
    "Asterisk refused Redirect: Channel not existent": because(
        "storage.legacy", text="Asterisk refused Redirect: Channel not existent"
    ),
    "": None,
}
TRANSCRIPTS = {
    "the recording is not there (any more)": because("quality.recording_gone"),
    "the recording has no such side": because("quality.no_such_side"),
    "[Errno 2] No such file": because("storage.legacy", text="[Errno 2] No such file"),
    "": None,
}
TESTS = {
    "the test call did not arrive within 30 s": because("line.test_did_not_arrive", seconds=30),
    "the test call could not be begun: Asterisk is gone": because("line.test_not_begun", why="Asterisk is gone"),
    "{": because("storage.legacy", text="{"),
    "": None,
}


@pytest.fixture(params=["sqlite", "postgres"])
def before(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database at revision 0006 that holds each sentence more than once."""
    yield from filled(request, tmp_path, _fill)


def test_sentences_become_codes_and_nothing_is_lost(before: str) -> None:
    migrate.upgrade(before)
    storage = Storage(make_engine(before))
    with storage.reading() as tx:
        register = DeletionStore(tx).search(DeletionFilter(), 100)
        transfers = [TransferStore(tx).by_id(number + 1) for number in range(2 * len(TRANSFERS))]
        tests = [LineTestStore(tx).by_id(f"t{number}") for number in range(2 * len(TESTS))]
    assert [row.why for row in reversed(register)] == [*DELETED.values()] * 2
    assert [order.problem for order in transfers if order] == [*TRANSFERS.values()] * 2
    assert [test.detail for test in tests if test] == [*TESTS.values()] * 2
    with storage.reading() as tx:
        transcripts = [TranscriptStore(tx).by_id(number + 1) for number in range(2 * len(TRANSCRIPTS))]
    assert [said.problem for said in transcripts if said] == [*TRANSCRIPTS.values()] * 2
    storage.engine.dispose()


def test_what_could_not_be_read_is_told_as_it_stood() -> None:
    assert say(because("storage.legacy", text="100 % of it"), str) == "As it was written before: 100 % of it"


def test_a_second_upgrade_changes_nothing(before: str) -> None:
    migrate.upgrade(before)
    first = _rows(before)
    assert migrate.upgrade(before) == []
    assert _rows(before) == first


@pytest.mark.parametrize(
    "reason",
    [
        because("a.b"),
        because("a.b", n=3, text="a 'b' \"c\" 中", nothing=None, part=0.5),
        because("a.b", why=because("c.d", many=[because("e.f", n=1), because("g.h")]), names=["x", "y"]),
    ],
)
def test_a_reason_comes_back_as_it_was_stored(reason: Reason) -> None:
    assert Reason.from_json(reason.as_json()) == reason


def _rows(url: str) -> list[Any]:
    engine = make_engine(url)
    with engine.connect() as connection:
        rows = [
            list(connection.execute(text(f"SELECT {column} FROM {table} ORDER BY id")))
            for table, column in (("recording_deletion", "why"), ("call_transfer", "problem"), ("line_test", "detail"))
        ]
    engine.dispose()
    return rows


def _fill(url: str) -> None:
    at_revision(url, "0006")
    engine = make_engine(url)
    with engine.begin() as connection:
        for number, sentence in enumerate([*DELETED] * 2):
            _insert(connection, "recording_deletion", **_deletion(connection, number), why=sentence)
        for number, sentence in enumerate([*TRANSFERS] * 2):
            _insert(connection, "call_transfer", **_transfer(connection, number), problem=sentence)
        for number, sentence in enumerate([*TESTS] * 2):
            now = _moment(connection)
            _insert(
                connection, "line_test", id=f"t{number}", line="main", started_at=now, result="failed", detail=sentence
            )
        for number, sentence in enumerate([*TRANSCRIPTS] * 2):
            _insert(connection, "transcript", **_transcript(connection, number), problem=sentence)
    engine.dispose()


def _transcript(connection: Connection, number: int) -> dict[str, object]:
    now = _moment(connection)
    return {"recording_id": number, "channel": 0, "state": "failed", "priority": 0, "asked_at": now}


def _deletion(connection: Connection, number: int) -> dict[str, object]:
    now = _moment(connection)
    return {
        "recording_id": number,
        "node": "node1",
        "linkedid": f"c{number}",
        "kind": "talk",
        "started_at": now,
        "path": f"{number}.flac",
        "sha256": "0" * 64,
        "deleted_at": now,
        "deleted_by": "scheduler",
        "found": True,
    }


def _transfer(connection: Connection, number: int) -> dict[str, object]:
    return {
        "node": "node1",
        "linkedid": f"c{number}",
        "at": _moment(connection),
        "kind": "blind",
        "from_extension": "1001",
        "to_kind": "operator",
        "to_id": "1002",
        "to_name": "李",
        "consent": True,
        "reason": "x",
        "state": "failed",
    }


def _insert(connection: Connection, table: str, **values: Any) -> None:
    places = ", ".join(f":{name}" for name in values)
    connection.execute(text(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({places})"), values)


def _moment(connection: Connection) -> datetime | str:
    return MORNING if connection.dialect.name == "postgresql" else f"{MORNING:%Y-%m-%d %H:%M:%S}.000000"
