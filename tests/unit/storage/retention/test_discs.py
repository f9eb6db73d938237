"""The register of discs, on both databases (E2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from hotline.domain.errors import Conflict
from hotline.domain.recordings.recording import RecordingState
from hotline.domain.retention.archive import Disc, DiscItem, Medium, plan
from hotline.storage.calls.store import CallStore
from hotline.storage.recordings.store import RecordingStore
from hotline.storage.retention.discs import DiscStore
from hotline.storage.transaction import Storage
from tests.support.rows import MORNING, a_call, a_recording

DAY = timedelta(days=1)
DISC = Disc(
    "HL00001_20260311",
    Medium.BD,
    MORNING,
    MORNING + DAY,
    "/archive/a.iso",
    24_000_000_000,
    "a" * 64,
    True,
    MORNING,
    "cli:root",
)


def kept(storage: Storage, linkedid: str, days: int = 0, kept_at: bool = True, **more: object) -> int:
    """A recording of a call that began so many days after the first; its id."""
    with storage.writing() as tx:
        CallStore(tx).save([a_call(linkedid, MORNING + days * DAY)], MORNING)
        RecordingStore(tx).announce([a_recording(linkedid, MORNING + days * DAY)])
        [entry] = RecordingStore(tx).of_sources("node1", [f"{linkedid}.raw"])
        RecordingStore(tx).update(
            replace(
                entry,
                **{  # type: ignore[arg-type]
                    "state": RecordingState.READY,
                    "path": f"{linkedid}.flac",
                    "size_bytes": 7_000_000_000,
                    "sha256": "b" * 64,
                    "kept_at": MORNING if kept_at else None,
                    **more,
                },
            )
        )
        return entry.id or 0


def test_what_is_kept_and_on_no_disc_is_to_be_archived(storage: Storage) -> None:
    first, second = kept(storage, "1.1"), kept(storage, "2.2", 1)
    kept(storage, "3.3", kept_at=False)
    kept(storage, "4.4", state=RecordingState.DELETED)
    until = MORNING + 9 * DAY
    with storage.writing() as tx:
        assert [one.recording_id for one in DiscStore(tx).to_archive(None, until, False)] == [first, second]
        assert [one.recording_id for one in DiscStore(tx).to_archive(MORNING + DAY, until, False)] == [second]
        assert DiscStore(tx).not_kept(None, until) == 1 and DiscStore(tx).next_number() == 1
        DiscStore(tx).add(DISC, [DiscItem(first, "recordings/1.flac", "b" * 64)])
    with storage.reading() as tx:
        assert [one.recording_id for one in DiscStore(tx).to_archive(None, until, False)] == [second]
        assert [one.recording_id for one in DiscStore(tx).to_archive(None, until, True)] == [first, second]
        assert DiscStore(tx).next_number() == 2


def test_the_register_knows_each_disc_and_what_is_on_it(storage: Storage) -> None:
    first = kept(storage, "1.1")
    later = replace(DISC, label="HL00002_20260312", encrypted=False)
    with storage.writing() as tx:
        for disc in (DISC, later):
            DiscStore(tx).add(disc, [DiscItem(first, "recordings/1.flac", "b" * 64)])
        DiscStore(tx).verified(DISC.label, MORNING + DAY)
    with storage.reading() as tx:
        assert [disc.label for disc in DiscStore(tx).all()] == [later.label, DISC.label]
        found = DiscStore(tx).by_label(DISC.label)
        assert found is not None and found == replace(DISC, id=found.id, verified_at=MORNING + DAY, recordings=1)
        assert DiscStore(tx).items(found.id or 0) == [DiscItem(first, "recordings/1.flac", "b" * 64)]
        assert [disc.label for disc in DiscStore(tx).holding([first, 99])[first]] == [later.label, DISC.label]
        assert DiscStore(tx).by_label("HL") is None and 99 not in DiscStore(tx).holding([99])
    with pytest.raises(Conflict), storage.writing() as tx:
        DiscStore(tx).add(DISC, [])


def test_a_call_larger_than_a_disc_is_refused_and_none_is_parted(storage: Storage) -> None:
    for number in range(5):
        kept(storage, f"{number}.1", number)
    with storage.reading() as tx:
        found = DiscStore(tx).to_archive(None, MORNING + 9 * DAY, False)
    assert [len(disc) for disc in plan(found, 15_000_000_000, lambda one: one.size_bytes)] == [2, 2, 1]
    with pytest.raises(ValueError, match=r"0\.1"):
        list(plan(found, 6_000_000_000, lambda one: one.size_bytes))
