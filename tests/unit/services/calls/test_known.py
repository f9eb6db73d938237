"""What the listener remembers of the calls in progress that it writes down again and again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hotline.domain.calls.call import Call, RecordingStart
from hotline.domain.errors import StorageError
from hotline.services.calls.known import KnownCalls
from hotline.services.calls.ledger import record
from hotline.storage.outbox import Outbox
from hotline.storage.recordings.store import RecordingStore
from hotline.storage.transaction import Storage
from tests.support.sample_calls import MONDAY_TEN as NOW
from tests.support.sample_calls import answered_call


def lasting(linkedid: str, *files: str) -> Call:
    begun = tuple(RecordingStart(NOW, "talk", file) for file in files)
    return replace(answered_call(linkedid), ended_at=None, outcome=None, hang_up=None, recordings=begun)


def written(storage: Storage, known: KnownCalls, *calls: Call) -> None:
    record(storage, "node1", calls, [], lambda _call: None, NOW, known=known)


def announced(storage: Storage, *files: str) -> list[str]:
    with storage.reading() as tx:
        return sorted(each.source_file for each in RecordingStore(tx).of_sources("node1", files))


def test_a_call_keeps_its_id_and_a_recording_that_comes_later_is_announced(storage: Storage) -> None:
    known = KnownCalls()
    written(storage, known, lasting("1", "a.raw"), lasting("2"))
    assert known.announced(lasting("1"), "a.raw") and not known.announced(lasting("2"), "a.raw")
    written(storage, known, lasting("1", "a.raw", "b.raw"), lasting("2"), lasting("3"))
    assert announced(storage, "a.raw", "b.raw") == ["a.raw", "b.raw"]
    with storage.reading() as tx:
        told = [(entry.payload["linkedid"], entry.payload["id"]) for entry in Outbox(tx).after(0, 10)]
    ids = dict(told)
    assert told[:2] == told[2:4] and len({*ids.values()}) == 3


def test_who_ends_is_forgotten(storage: Storage) -> None:
    known = KnownCalls()
    written(storage, known, lasting("1", "a.raw"), lasting("2"))
    written(storage, known, replace(lasting("1", "a.raw"), ended_at=NOW))
    assert known.ids([lasting("1"), lasting("2")]).keys() == {"2"}


def test_what_fails_is_not_known(storage: Storage) -> None:
    """Nothing of it is in the database, and what was there may be no longer."""
    known = KnownCalls()
    written(storage, known, lasting("1"))

    def away(*_: object) -> None:
        raise StorageError("away")

    with pytest.raises(StorageError):
        record(storage, "node1", [lasting("2", "a.raw")], [], lambda _call: None, NOW, also=[away], known=known)
    assert known.ids([lasting("1"), lasting("2")]) == {}
    written(storage, known, lasting("2", "a.raw"))
    assert announced(storage, "a.raw") == ["a.raw"]
