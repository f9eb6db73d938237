"""Recordings wait for the end of their call, and for their next attempt."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hotline.domain.reasons import because
from hotline.domain.recordings.recording import SETTLE_SECONDS, RecordingEntry, RecordingState
from hotline.storage.calls.store import CallStore
from hotline.storage.recordings.store import RecordingStore
from hotline.storage.transaction import Storage
from tests.support.rows import MORNING, a_call, a_recording

MINUTE = timedelta(minutes=1)


def _due(storage: Storage, minutes: float = 0, node: str = "") -> list[RecordingEntry]:
    with storage.reading() as tx:
        return RecordingStore(tx).due(MORNING + minutes * MINUTE, 10, node)


def test_a_recording_is_due_only_when_its_call_has_ended(storage: Storage) -> None:
    with storage.writing() as tx:
        RecordingStore(tx).announce([a_recording("1")])
        CallStore(tx).save([a_call("1", ended_at=None), a_call("1", node="node2")], MORNING)
    assert _due(storage) == []
    with storage.writing() as tx:
        CallStore(tx).save([a_call("1")], MORNING)
    assert [entry.source_file for entry in _due(storage)] == ["1.raw"]


def test_a_recording_is_due_once_its_end_is_written(storage: Storage) -> None:
    """Tried before, it would be found growing, and written down as waiting. A clock that was set back holds none up."""
    with storage.writing() as tx:
        RecordingStore(tx).announce([a_recording("1")])
        CallStore(tx).save([a_call("1", seconds=60)], MORNING)
    due = {seconds: bool(_due(storage, 1 + seconds / 60)) for seconds in (-1, 0, 0.9, SETTLE_SECONDS, 60)}
    assert due == {-1: True, 0: False, 0.9: False, SETTLE_SECONDS: True, 60: True}


def test_a_node_takes_its_own(storage: Storage) -> None:
    with storage.writing() as tx:
        CallStore(tx).save([a_call("1"), a_call("1", node="node2")], MORNING)
        RecordingStore(tx).announce([a_recording("1"), replace(a_recording("1"), node="node2")])
    assert [entry.node for entry in _due(storage, node="node2")] == ["node2"]
    assert len(_due(storage)) == 2


def test_announcing_again_changes_nothing(storage: Storage) -> None:
    with storage.writing() as tx:
        CallStore(tx).save([a_call("1")], MORNING)
        RecordingStore(tx).announce([a_recording("1"), a_recording("1")])
    (entry,) = _due(storage)
    ready = replace(
        entry,
        state=RecordingState.READY,
        path="2026/03/11/1.opus",
        seconds=60.125,
        size_bytes=5 * 2**30,
        sha256="a" * 64,
        measures={"left": {"dbfs": -20.5, "silent": False}},
        attempts=1,
    )
    with storage.writing() as tx:
        RecordingStore(tx).update(ready)
        RecordingStore(tx).announce([a_recording("1")])
    with storage.reading() as tx:
        assert RecordingStore(tx).by_id(entry.id or 0) == ready
    assert _due(storage) == []


def test_after_a_failed_attempt_it_waits_until_the_next(storage: Storage) -> None:
    with storage.writing() as tx:
        CallStore(tx).save([a_call("1", seconds=30)], MORNING)
        RecordingStore(tx).announce([a_recording("1")])
    (entry,) = _due(storage)
    with storage.writing() as tx:
        RecordingStore(tx).update(
            replace(
                entry,
                attempts=1,
                next_attempt_at=MORNING + MINUTE,
                problem=because("recordings.not_stored", why="disk full"),
            )
        )
    assert _due(storage, 0.9) == []
    (again,) = _due(storage, 1)
    assert (again.attempts, again.problem) == (1, because("recordings.not_stored", why="disk full"))


def test_the_oldest_come_first_and_not_more_than_asked_for(storage: Storage) -> None:
    with storage.writing() as tx:
        CallStore(tx).save([a_call(str(n)) for n in range(3)], MORNING)
        RecordingStore(tx).announce([a_recording(str(n), MORNING - n * MINUTE) for n in range(3)])
    with storage.reading() as tx:
        assert [entry.linkedid for entry in RecordingStore(tx).due(MORNING, 2)] == ["2", "1"]


def test_entries_are_found_by_their_file_names(storage: Storage) -> None:
    with storage.writing() as tx:
        RecordingStore(tx).announce([a_recording("1"), a_recording("2"), replace(a_recording("3"), node="node2")])
    with storage.reading() as tx:
        found = RecordingStore(tx).of_sources("node1", ["1.raw", "3.raw", "unknown.raw"])
        assert [entry.linkedid for entry in found] == ["1"]
        assert RecordingStore(tx).of_sources("node1", []) == []
        assert RecordingStore(tx).by_id(12345) is None
