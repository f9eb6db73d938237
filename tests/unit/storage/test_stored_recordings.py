"""Recordings wait for the end of their call, and for their next attempt."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hotline.domain.records import RecordingEntry, RecordingState
from hotline.storage.unit_of_work import SqlStorage
from tests.support.rows import MORNING, a_call, a_recording

MINUTE = timedelta(minutes=1)


def _due(storage: SqlStorage, minutes: float = 0, node: str = "") -> list[RecordingEntry]:
    with storage.reading() as work:
        return work.recordings.due(MORNING + minutes * MINUTE, 10, node)


def test_a_recording_is_due_only_when_its_call_has_ended(storage: SqlStorage) -> None:
    with storage.writing() as work:
        work.recordings.announce([a_recording("1")])
        work.calls.save([a_call("1", ended_at=None), a_call("1", node="node2")], MORNING)
    assert _due(storage) == []
    with storage.writing() as work:
        work.calls.save([a_call("1")], MORNING)
    assert [entry.source_file for entry in _due(storage)] == ["1.raw"]


def test_a_node_takes_its_own(storage: SqlStorage) -> None:
    with storage.writing() as work:
        work.calls.save([a_call("1"), a_call("1", node="node2")], MORNING)
        work.recordings.announce([a_recording("1"), replace(a_recording("1"), node="node2")])
    assert [entry.node for entry in _due(storage, node="node2")] == ["node2"]
    assert len(_due(storage)) == 2


def test_announcing_again_changes_nothing(storage: SqlStorage) -> None:
    with storage.writing() as work:
        work.calls.save([a_call("1")], MORNING)
        work.recordings.announce([a_recording("1"), a_recording("1")])
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
    with storage.writing() as work:
        work.recordings.update(ready)
        work.recordings.announce([a_recording("1")])
    with storage.reading() as work:
        assert work.recordings.by_id(entry.id or 0) == ready
    assert _due(storage) == []


def test_after_a_failed_attempt_it_waits_until_the_next(storage: SqlStorage) -> None:
    with storage.writing() as work:
        work.calls.save([a_call("1")], MORNING)
        work.recordings.announce([a_recording("1")])
    (entry,) = _due(storage)
    with storage.writing() as work:
        work.recordings.update(replace(entry, attempts=1, next_attempt_at=MORNING + MINUTE, problem="disk full"))
    assert _due(storage, 0.9) == []
    (again,) = _due(storage, 1)
    assert (again.attempts, again.problem) == (1, "disk full")


def test_the_oldest_come_first_and_not_more_than_asked_for(storage: SqlStorage) -> None:
    with storage.writing() as work:
        work.calls.save([a_call(str(n)) for n in range(3)], MORNING)
        work.recordings.announce([a_recording(str(n), MORNING - n * MINUTE) for n in range(3)])
    with storage.reading() as work:
        assert [entry.linkedid for entry in work.recordings.due(MORNING, 2)] == ["2", "1"]


def test_entries_are_found_by_their_file_names(storage: SqlStorage) -> None:
    with storage.writing() as work:
        work.recordings.announce([a_recording("1"), a_recording("2"), replace(a_recording("3"), node="node2")])
    with storage.reading() as work:
        found = work.recordings.of_sources("node1", ["1.raw", "3.raw", "unknown.raw"])
        assert [entry.linkedid for entry in found] == ["1"]
        assert work.recordings.of_sources("node1", []) == []
        assert work.recordings.by_id(12345) is None
