"""The register of discs, on both databases (E2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from hotline.domain.archive import Disc, DiscItem, Medium, plan
from hotline.domain.records import RecordingState
from hotline.services.errors import Conflict
from hotline.storage.unit_of_work import SqlStorage
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


def kept(storage: SqlStorage, linkedid: str, days: int = 0, kept_at: bool = True, **more: object) -> int:
    """A recording of a call that began so many days after the first; its id."""
    with storage.writing() as work:
        work.calls.save([a_call(linkedid, MORNING + days * DAY)], MORNING)
        work.recordings.announce([a_recording(linkedid, MORNING + days * DAY)])
        [entry] = work.recordings.of_sources("node1", [f"{linkedid}.raw"])
        work.recordings.update(
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


def test_what_is_kept_and_on_no_disc_is_to_be_archived(storage: SqlStorage) -> None:
    first, second = kept(storage, "1.1"), kept(storage, "2.2", 1)
    kept(storage, "3.3", kept_at=False)
    kept(storage, "4.4", state=RecordingState.DELETED)
    until = MORNING + 9 * DAY
    with storage.writing() as work:
        assert [one.recording_id for one in work.discs.to_archive(None, until, False)] == [first, second]
        assert [one.recording_id for one in work.discs.to_archive(MORNING + DAY, until, False)] == [second]
        assert work.discs.not_kept(None, until) == 1 and work.discs.next_number() == 1
        work.discs.add(DISC, [DiscItem(first, "recordings/1.flac", "b" * 64)])
    with storage.reading() as work:
        assert [one.recording_id for one in work.discs.to_archive(None, until, False)] == [second]
        assert [one.recording_id for one in work.discs.to_archive(None, until, True)] == [first, second]
        assert work.discs.next_number() == 2


def test_the_register_knows_each_disc_and_what_is_on_it(storage: SqlStorage) -> None:
    first = kept(storage, "1.1")
    later = replace(DISC, label="HL00002_20260312", encrypted=False)
    with storage.writing() as work:
        for disc in (DISC, later):
            work.discs.add(disc, [DiscItem(first, "recordings/1.flac", "b" * 64)])
        work.discs.verified(DISC.label, MORNING + DAY)
    with storage.reading() as work:
        assert [disc.label for disc in work.discs.all()] == [later.label, DISC.label]
        found = work.discs.by_label(DISC.label)
        assert found is not None and found == replace(DISC, id=found.id, verified_at=MORNING + DAY, recordings=1)
        assert work.discs.items(found.id or 0) == [DiscItem(first, "recordings/1.flac", "b" * 64)]
        assert [disc.label for disc in work.discs.holding([first, 99])[first]] == [later.label, DISC.label]
        assert work.discs.by_label("HL") is None and 99 not in work.discs.holding([99])
    with pytest.raises(Conflict), storage.writing() as work:
        work.discs.add(DISC, [])


def test_a_call_larger_than_a_disc_is_refused_and_none_is_parted(storage: SqlStorage) -> None:
    for number in range(5):
        kept(storage, f"{number}.1", number)
    with storage.reading() as work:
        found = work.discs.to_archive(None, MORNING + 9 * DAY, False)
    assert [len(disc) for disc in plan(found, 15_000_000_000, lambda one: one.size_bytes)] == [2, 2, 1]
    with pytest.raises(ValueError, match=r"0\.1"):
        list(plan(found, 6_000_000_000, lambda one: one.size_bytes))
