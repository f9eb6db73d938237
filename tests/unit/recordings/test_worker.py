from __future__ import annotations

import os
import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from hotline.domain.calls.call import Outcome
from hotline.domain.errors import NotFound, StoreUnavailable
from hotline.domain.forms.form import CallForm, Origin
from hotline.domain.numbers import Number
from hotline.domain.reasons import because
from hotline.domain.recordings.recording import RecordingEntry, RecordingState
from hotline.domain.recordings.transcript import Side, Urgency
from hotline.services.alerts import reason_of
from hotline.services.recordings import intake as ledger
from hotline.storage.alerts import AlertStore
from hotline.storage.calls.store import CallStore
from hotline.storage.forms.store import FormStore
from hotline.storage.recordings.store import RecordingStore
from hotline.storage.recordings.transcripts import TranscriptStore
from hotline.storage.transaction import Storage
from recordings import intake, store
from recordings import worker as worker_module
from recordings.worker import Worker
from tests.support import tones
from tests.support.killed import killed_at
from tests.support.rows import MORNING, a_call, a_pause, a_recording, a_storage
from tests.support.words import english

NOW = MORNING + timedelta(minutes=5)
CALLER = Number("+8613800138000")


class Site:
    """An incoming folder, a store, a ledger, and a clock to set."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.now = folder, NOW
        self.incoming, self.store = folder / "incoming", folder / "store"
        for made in (self.incoming, self.store):
            made.mkdir()
        self.storage: Storage = a_storage(folder)
        self.told: list[tuple[str, int]] = []
        self.worker = self.a_worker(self.storage)

    def a_worker(self, storage: Storage, min_free_megabytes: int = 1) -> Worker:
        return Worker(
            storage,
            "node1",
            self.incoming,
            self.store,
            lambda: min_free_megabytes,
            lambda: self.now,
            lambda entry, sound: self.told.append((entry.source_file, len(sound))),
        )

    def record(self, linkedid: str, content: bytes | None = None, kind: str = "talk", **call: Any) -> Path:
        """A finished call with its announced recording; what Asterisk wrote of it."""
        entry = a_recording(linkedid, kind=kind)
        with self.storage.writing() as tx:
            CallStore(tx).save([a_call(linkedid, **call)], self.now)
            RecordingStore(tx).announce([entry])
        path = self.incoming / entry.source_file
        if content is None:
            tones.write_raw(path, tones.tone(440, 1.0), tones.tone(880, 1.0))
        else:
            path.write_bytes(content)
        os.utime(path, (self.now.timestamp() - 60,) * 2)
        return path

    def row(self, linkedid: str) -> RecordingEntry:
        with self.storage.reading() as tx:
            (entry,) = RecordingStore(tx).of_sources("node1", [f"{linkedid}.raw", f"{linkedid}-voicemail.wav"])
            return entry

    def wanted(self, linkedid: str) -> list[tuple[Side, int]]:
        """Of which sides there are to be transcripts, and how urgently."""
        with self.storage.reading() as tx:
            return [(each.side, each.priority) for each in TranscriptStore(tx).of(self.row(linkedid).id or 0)]

    def alerts(self) -> dict[tuple[str, str], str]:
        with self.storage.reading() as tx:
            return {(alert.kind, alert.object): english(reason_of(alert)) for alert in AlertStore(tx).open()}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def test_a_finished_calls_recording_is_taken_in_and_its_source_removed(site: Site) -> None:
    source = site.record("a.1")
    assert site.worker.round() == 1
    entry = site.row("a.1")
    assert (entry.state, entry.seconds) == (RecordingState.READY, 1.0)
    assert not source.exists()
    assert tones.seconds_of_tone(site.store / entry.path, 0, 440) == 1.0
    assert site.worker.round() == 0
    assert site.alerts() == {}
    assert [(file, samples) for file, samples in site.told] == [("a.1.raw", 8000)]


def test_what_is_in_the_store_is_to_be_transcribed_even_if_the_worker_dies_with_it(site: Site) -> None:
    """Both sides of a talk, the one of a voicemail, complaints first: asked for in the transaction that says that it is
    in the store."""

    def killed(_entry: RecordingEntry, _sound: Any) -> None:
        raise KeyboardInterrupt

    for linkedid in ("a.1", "a.2"):
        site.record(linkedid)
    voicemail = site.record("a.3", b"", kind="voicemail", outcome=Outcome.VOICEMAIL)
    tones.write_wav(voicemail, tones.tone(440, 1.0))
    os.utime(voicemail, (site.now.timestamp() - 60,) * 2)
    with site.storage.writing() as tx:
        form = CallForm("node1", "a.2", "main", CALLER, NOW, Origin.OPERATOR, "1001", "赵敏", NOW, NOW, "ledger")
        FormStore(tx).add([replace(form, complaint=True)])
    for _each in range(3):
        with pytest.raises(KeyboardInterrupt):
            replace(site.worker, taken_in=killed).round()
    wanted = {linkedid: site.wanted(linkedid) for linkedid in ("a.1", "a.2", "a.3")}
    both = (Side.CALLER, Side.OURS)
    assert wanted == {
        "a.1": [(side, Urgency.USUAL) for side in both],
        "a.2": [(side, Urgency.COMPLAINT) for side in both],
        "a.3": [(Side.CALLER, Urgency.USUAL)],
    }


def test_sound_that_cannot_be_measured_keeps_nothing_back(site: Site) -> None:
    def broken(_entry: RecordingEntry, _sound: Any) -> None:
        raise ValueError("of all things")

    site.record("a.1")
    site.record("a.2")
    assert replace(site.worker, taken_in=broken).round() == 2
    assert [site.row(name).state for name in ("a.1", "a.2")] == [RecordingState.READY] * 2


def test_a_call_that_still_lasts_is_left_alone(site: Site) -> None:
    source = site.record("a.1", ended_at=None, outcome=None)
    assert site.worker.round() == 0 and source.exists()


def test_another_nodes_recordings_are_left_to_its_own_worker(site: Site) -> None:
    site.record("a.1")
    assert replace(site.worker, node="node2").round() == 0


def test_one_bad_file_never_keeps_back_the_others(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = site.record("a.1", b"no sound", kind="voicemail", outcome=Outcome.VOICEMAIL)
    site.record("a.2", b"")
    odd = site.record("a.3")
    site.record("a.4")
    real = intake.take_in

    def stumble(entry: RecordingEntry, *rest: Any) -> RecordingEntry:
        if entry.linkedid == "a.3":
            raise MemoryError("unexpected")
        return real(entry, *rest)

    monkeypatch.setattr(worker_module, "take_in", stumble)
    for _ in range(30):
        site.worker.round()
        site.now += timedelta(minutes=1)
    states = [site.row(f"a.{n}").state.value for n in (1, 2, 3, 4)]
    assert states == ["failed", "missing", "failed", "ready"]
    assert bad.exists() and odd.exists()
    assert site.row("a.3").problem == because("machine.broken", why="MemoryError: unexpected")
    assert {key: kept for key, kept in site.alerts().items() if "lost" in key[0]} == {
        ("recording_lost", "a.1"): site.alerts()[("recording_lost", "a.1")],
        ("recording_lost", "a.2"): "File a.2.raw: The recording is empty.",
        ("recording_lost", "a.3"): "File a.3.raw: The program failed: MemoryError: unexpected",
    }


def test_a_caller_who_left_before_anybody_spoke_leaves_no_recording_and_no_alert(site: Site) -> None:
    site.record("a.1", b"", talk_seconds=0.0, outcome=Outcome.ABANDONED_QUEUE, answered_by=None)
    for _ in range(25):
        site.worker.round()
        site.now += timedelta(minutes=1)
    assert site.row("a.1").state is RecordingState.MISSING
    assert site.alerts() == {}


def test_a_lost_recording_that_was_found_again_is_tried_again(site: Site) -> None:
    path = site.record("a.1", b"")
    for _ in range(25):
        site.worker.round()
        site.now += timedelta(minutes=1)
    assert ("recording_lost", "a.1") in site.alerts()
    tones.write_raw(path, tones.tone(440, 1.0), tones.tone(880, 1.0))
    assert ledger.retry(site.storage, "node1", "a.1", site.now, "test") == 1
    site.now += timedelta(days=365)
    site.worker.round()
    assert site.row("a.1").state is RecordingState.READY
    assert site.alerts() == {}
    with pytest.raises(NotFound):
        ledger.retry(site.storage, "node1", "nobody", site.now, "test")


def test_a_full_disk_is_an_alert_and_nothing_is_lost(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    source = site.record("a.1")

    def full(*_: Any) -> None:
        raise StoreUnavailable("recordings.not_stored", why="No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(store, "save", full)
        for _ in range(20):
            site.worker.round()
            site.now += timedelta(minutes=1)
        assert site.alerts() == {("recording_store", "node1"): "Recordings cannot be stored: No space left on device"}
        entry = site.row("a.1")
        assert (entry.state, entry.attempts, source.exists()) == (RecordingState.PENDING, 0, True)
        assert "No space left" in english(entry.problem)
    site.worker.round()
    assert (site.row("a.1").state, site.row("a.1").problem, site.alerts()) == (RecordingState.READY, None, {})


def test_g2_sound_in_a_pause_is_an_alert(site: Site) -> None:
    site.record("a.1", pauses=(a_pause(MORNING, 0.1, 0.9),))
    site.worker.round()
    assert "Card data may stand in it" in site.alerts()[("recording_unpaused", "a.1")]


def test_files_that_no_call_knows_are_told_of_and_never_deleted(site: Site) -> None:
    stranger, fresh = site.incoming / "b.9.raw", site.incoming / "b.10.raw"
    stranger.write_bytes(b"1234")
    fresh.write_bytes(b"1234")
    os.utime(stranger, (NOW.timestamp() - 3600,) * 2)
    os.utime(fresh, (NOW.timestamp() - 60,) * 2)
    site.worker.tidy()
    assert site.alerts() == {("recording_left_over", "node1"): "No call knows 1 files of the incoming folder: b.9.raw"}
    site.record("b.9")
    site.worker.round()
    site.worker.tidy()
    assert site.alerts() == {} and fresh.exists()


def test_too_little_free_disk_is_an_alert_until_there_is_enough(site: Site) -> None:
    site.a_worker(site.storage, min_free_megabytes=10**9).tidy()
    assert "MB free for recordings, 1000000000 MB wanted" in site.alerts()[("disk_space", "node1")]
    site.worker.tidy()
    assert site.alerts() == {}


def test_two_workers_at_once_give_one_recording(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The slower one finds no source any more; what it thinks must not overwrite the row."""
    site.record("a.1")
    (late,) = ledger.due(site.storage, "node1", NOW, 5)
    site.worker.round()
    ready = site.row("a.1")
    monkeypatch.setattr(ledger, "due", lambda *_: [late])
    (site.store / ready.path).rename(site.folder / "aside.wav")
    site.a_worker(site.storage).round()
    assert site.row("a.1") == ready


STEPS: list[tuple[Any, str]] = [
    (intake, "_sound"),
    (store, "make_folder"),
    (store, "write_wav"),
    (os, "fsync"),
    (Path, "replace"),
    (store, "read_back"),
    (ledger, "settle"),
    (worker_module, "remove_source"),
    (Path, "unlink"),
]


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(("place", "step"), STEPS, ids=[step for _, step in STEPS])
def test_killed_at_any_step_and_begun_again_gives_the_same(site: Site, place: Any, step: str, after: bool) -> None:
    source = site.record("a.1")
    content = source.read_bytes()
    site.storage.close()
    killed_at(place, step, after, lambda: site.a_worker(a_storage(site.folder)).round())
    site.now += timedelta(days=365)  # the machine's own clock dates what was half written
    site.worker.round()
    site.worker.tidy()
    entry = site.row("a.1")
    assert (entry.state, entry.seconds, entry.problem) == (RecordingState.READY, 1.0, None)
    assert (site.store / entry.path).read_bytes()[44:] == content
    assert [p.name for p in site.store.rglob("*") if p.is_file()] == [Path(entry.path).name]
    assert list(site.incoming.iterdir()) == []
    assert site.alerts() == {}


def test_the_worker_stops_when_told_after_the_recording_in_hand(site: Site) -> None:
    site.record("a.1")
    stop = threading.Event()
    thread = threading.Thread(target=site.worker.run, args=(stop,))
    thread.start()
    while site.row("a.1").state is RecordingState.PENDING:
        assert thread.is_alive()
    stop.set()
    thread.join(10)
    assert not thread.is_alive()
