"""Recordings come into their final form; whatever happens meanwhile, none is lost, and again gives the same."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hotline.domain.errors import StoreUnavailable
from hotline.domain.recordings.chain import ChainEnd, entry_hash
from hotline.domain.recordings.recording import RecordingState
from hotline.services.recordings import finalising as ledger
from hotline.storage.recordings.kept import KeptRecordingStore
from hotline.storage.recordings.store import RecordingStore
from recordings import conversion, finalising
from recordings import files as files_module
from recordings.conversion import NotConverted, decode, encode, same_sound
from recordings.evaluation import sound_reader
from recordings.files import FolderFiles
from recordings.peaks import peaks
from recordings.sound import UnreadableSound, write_wav
from tests.support import tones
from tests.support.killed import killed_at
from tests.support.recording_site import RecordingSite, expected_sound
from tests.support.rows import MORNING, a_storage


@pytest.fixture
def site(tmp_path: Path) -> RecordingSite:
    return RecordingSite(tmp_path)


def test_a_recording_is_kept_as_flac_with_the_very_samples_and_the_wav_goes(site: RecordingSite) -> None:
    wav = site.take_in("a.1")
    assert wav.path.endswith("-talk.wav") and wav.kept_at is None
    assert site.finaliser.one()
    kept = site.row("a.1")
    assert kept.path == wav.path.replace(".wav", ".flac") and kept.kept_at == site.now
    assert np.array_equal(site.sound(kept.path), expected_sound())
    content = site.content(kept.path)
    assert (kept.size_bytes, kept.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert site.local_files() == sorted([kept.path, kept.peaks_path])
    assert (kept.state, kept.seconds, kept.measures) == (RecordingState.READY, 1.0, wav.measures)
    assert not site.finaliser.one() and site.alerts() == {}


def test_the_two_channels_stay_apart_in_opus(tmp_path: Path) -> None:
    site = RecordingSite(tmp_path, "opus")
    site.take_in("a.1", seconds=3.0)
    site.finaliser.one()
    kept = site.row("a.1")
    back = site.sound(kept.path)
    assert kept.path.endswith(".opus") and back.shape == (24000, 2)
    for channel, pitch in ((0, 440), (1, 880)):
        spectrum = np.abs(np.fft.rfft(back[8000:16000, channel].astype(float)))
        assert spectrum.argmax() == pitch
        assert spectrum[1320 - pitch] < spectrum[pitch] / 100, "the other side is not heard"


def test_kept_as_wav_the_file_stays_and_gets_its_place_in_the_chain(tmp_path: Path) -> None:
    site = RecordingSite(tmp_path, "wav")
    wav = site.take_in("a.1")
    site.finaliser.one()
    kept = site.row("a.1")
    assert (kept.path, kept.sha256, kept.chain_number) == (wav.path, wav.sha256, 1)
    assert site.local_files() == sorted([kept.path, kept.peaks_path])
    site.now += timedelta(hours=1)
    site.finaliser.finish()
    assert kept.path in site.local_files()


@pytest.mark.parametrize("form", ["flac", "opus"])
@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("length", [1, 159, 8001])
def test_every_length_and_both_kinds_of_channels_come_back(
    tmp_path: Path, form: str, channels: int, length: int
) -> None:
    samples = np.random.default_rng(7).integers(-32768, 32767, (length, channels), dtype=np.int16)
    encode(samples, form, tmp_path / "a")
    back = decode((tmp_path / "a").read_bytes(), form)
    assert same_sound(back, samples, form)


@pytest.mark.parametrize("form", ["flac", "opus"])
def test_the_same_sound_gives_the_same_bytes(tmp_path: Path, form: str) -> None:
    for name in ("a", "b"):
        encode(expected_sound(2.0), form, tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.parametrize("form", ["flac", "opus", "wav"])
@pytest.mark.parametrize("content", [b"", b"RIFF", b"fLaC" + bytes(50), b"OggS" + bytes(50), bytes(5000)])
def test_what_is_no_sound_is_unreadable(form: str, content: bytes) -> None:
    with pytest.raises(UnreadableSound):
        decode(content, form)


@pytest.mark.parametrize("place", [0.0, 0.001, 0.01, 0.5, 0.9, 0.999])
def test_a_flac_of_which_a_byte_is_damaged_is_told_of_or_gives_the_very_sound(tmp_path: Path, place: float) -> None:
    """Never other sound in its place; what stands in no sample, such as a name in the header, may change."""
    samples = np.random.default_rng(7).integers(-900, 900, (16000, 2), dtype=np.int16)
    encode(samples, "flac", tmp_path / "a")
    content = bytearray((tmp_path / "a").read_bytes())
    for at in range(int(place * len(content)), min(int(place * len(content)) + 60, len(content))):
        damaged = bytearray(content)
        damaged[at] ^= 0x55
        try:
            back = decode(bytes(damaged), "flac")
        except UnreadableSound:
            continue
        assert np.array_equal(back, samples), at


@pytest.mark.parametrize("part", [0.0, 0.02, 0.5, 0.99])
def test_a_flac_that_was_cut_off_is_unreadable(tmp_path: Path, part: float) -> None:
    encode(expected_sound(2.0), "flac", tmp_path / "a")
    content = (tmp_path / "a").read_bytes()
    with pytest.raises(UnreadableSound):
        decode(content[: int(part * len(content))], "flac")


def test_a_flac_that_ffmpeg_made_is_read(tmp_path: Path) -> None:
    """Recordings of before are kept so."""
    source, target = tmp_path / "a.wav", tmp_path / "a.flac"
    with source.open("wb") as file:
        write_wav(file, expected_sound(2.0))
    subprocess.run(["ffmpeg", "-v", "error", "-i", str(source), "-compression_level", "8", str(target)], check=True)
    assert np.array_equal(decode(target.read_bytes(), "flac"), expected_sound(2.0))


def test_a_flac_that_does_not_give_back_the_sound_is_not_believed(
    site: RecordingSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    wav = site.take_in("a.1")
    with monkeypatch.context() as patched:
        patched.setattr(conversion, "decode", lambda content, form: expected_sound() + 1)
        assert site.finaliser.one()
    assert site.row("a.1").kept_at is None and (site.store / wav.path).exists()
    assert "does not give back the sound" in site.alerts()[("recording_keeping", "a.1")]
    assert not site.finaliser.one(), "not before its time"
    site.now += ledger.RETRY
    assert site.finaliser.one() and site.row("a.1").kept_at is not None and site.alerts() == {}


def test_a_wav_that_changed_since_it_was_taken_in_is_told_of_and_the_others_go_on(site: RecordingSite) -> None:
    changed = site.take_in("a.1", started_at=MORNING + timedelta(minutes=1))
    site.take_in("a.2")
    file = site.store / changed.path
    file.write_bytes(file.read_bytes()[:-4] + b"\1\2\3\4")
    assert site.finaliser.one() and site.finaliser.one() and not site.finaliser.one()
    assert site.row("a.1").kept_at is None and file.exists()
    assert site.row("a.2").kept_at is not None
    assert f"SHA-256 {changed.sha256} was expected" in site.alerts()[("recording_keeping", "a.1")]


def test_the_newest_goes_first_and_old_recordings_follow(site: RecordingSite) -> None:
    for name, days in (("a.1", 0), ("a.2", 2), ("a.3", 1)):
        site.take_in(name, started_at=MORNING + timedelta(days=days))
    for _ in range(3):
        site.finaliser.one()
        site.now += timedelta(seconds=1)
    assert [site.row(f"a.{n}").chain_number for n in (1, 2, 3)] == [3, 1, 2]


def test_each_day_of_keeping_has_a_chain_of_its_own(site: RecordingSite) -> None:
    """The day is Shanghai's: 16:00 UTC is midnight there."""
    for name in ("a.1", "a.2", "a.3"):
        site.take_in(name)
    site.now = MORNING.replace(hour=15, minute=59, second=59)
    site.finaliser.one()
    site.now += timedelta(seconds=1)
    site.finaliser.one()
    site.finaliser.one()
    third, second, first = (site.row(f"a.{n}") for n in (1, 2, 3))
    assert [(r.chain_day, r.chain_number) for r in (first, second, third)] == [
        ("2026-03-11", 1),
        ("2026-03-12", 1),
        ("2026-03-12", 2),
    ]
    assert first.chain_hash == entry_hash("", first)
    assert third.chain_hash == entry_hash(second.chain_hash, third) and len(third.chain_hash) == 64
    with site.storage.reading() as tx:
        assert KeptRecordingStore(tx).end_of_chain("2026-03-12") == ChainEnd(2, third.chain_hash)


def test_a_full_store_is_an_alert_that_says_how_many_wait_and_nothing_is_lost(
    site: RecordingSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.1", "a.2"):
        site.take_in(name)
    finaliser = site.finaliser
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", _full)
        assert not finaliser.one()
    assert site.alerts() == {
        ("recording_keeping", "node1"): "2 recordings wait: Recordings cannot be stored: No space left on device"
    }
    assert all(file.endswith(".wav") for file in site.local_files()), "nothing half-written is left"
    assert not finaliser.one(), "not at once again"
    site.now += finalising.AWAY
    assert finaliser.one() and finaliser.one() and site.alerts() == {}


def _full(_descriptor: int) -> None:
    raise OSError(28, "No space left on device")


def test_what_needs_ffmpeg_waits_without_it_with_an_alert(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = RecordingSite(tmp_path, "opus")
    site.take_in("a.1")
    monkeypatch.setenv("PATH", "")
    assert not site.finaliser.one()
    assert "ffmpeg is not installed" in site.alerts()[("recording_keeping", "node1")]


def test_no_room_to_convert_is_told_before_it_is_tried(site: RecordingSite, monkeypatch: pytest.MonkeyPatch) -> None:
    site.take_in("a.1")
    usage = shutil.disk_usage(site.store)._replace(free=1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage)
    assert not site.finaliser.one()
    assert "There is no room to convert recordings" in site.alerts()[("recording_keeping", "node1")]


def test_two_workers_at_once_keep_it_once(site: RecordingSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """The slower one finds the row changed; the file it wrote is the same."""
    late = site.take_in("a.1")
    site.finaliser.one()
    kept, content = site.row("a.1"), site.content(site.row("a.1").path)
    encode(expected_sound(), "wav", site.store / late.path)
    monkeypatch.setattr(ledger, "next_to_keep", lambda *_: late)
    assert site.finaliser.one()
    assert site.row("a.1") == kept and site.content(kept.path) == content
    assert site.local_files() == sorted([kept.path, kept.peaks_path])


def test_a_row_from_a_backup_finds_its_kept_file(site: RecordingSite) -> None:
    """The database was restored to a time between taking in and keeping, or before both."""
    before = site.take_in("a.1")
    site.finaliser.one()
    kept = site.row("a.1")
    for state in (RecordingState.READY, RecordingState.PENDING):
        again = (
            before
            if state is RecordingState.READY
            else replace(before, state=state, path="", sha256="", seconds=None, size_bytes=None)
        )
        with site.storage.writing() as tx:
            RecordingStore(tx).update(again)
        site.worker.round()
        assert site.finaliser.one()
        found = site.row("a.1")
        assert (found.path, found.sha256, found.chain_hash) == (kept.path, kept.sha256, kept.chain_hash)
        assert site.local_files() == sorted([kept.path, kept.peaks_path]) and site.alerts() == {}


def test_a_recording_gone_before_it_was_kept_is_told_of(site: RecordingSite) -> None:
    (site.store / site.take_in("a.1").path).unlink()
    assert site.finaliser.one()
    assert site.alerts()[("recording_keeping", "a.1")].endswith("The file that was taken in is gone.")


def test_a_source_that_a_crash_left_goes_before_there_is_nothing_to_compare_it_with(site: RecordingSite) -> None:
    entry = site.take_in("a.1")
    source = tones.write_raw(site.incoming / entry.source_file, tones.tone(440, 1.0), tones.tone(880, 1.0))
    site.finaliser.one()
    assert not source.exists()


def test_a_reader_with_an_old_row_finds_the_sound(site: RecordingSite) -> None:
    before = site.take_in("a.1")
    read = sound_reader(site.files)
    assert np.array_equal(read(before), expected_sound())
    site.finaliser.one()
    assert np.array_equal(read(before), expected_sound())
    with pytest.raises(FileNotFoundError):
        read(replace(before, path="2026/03/11/nothing.wav"))


def test_peaks_are_the_lowest_and_highest_of_each_pixel(site: RecordingSite) -> None:
    site.take_in("a.1", seconds=2.0)
    site.finaliser.one()
    row = site.row("a.1")
    found = json.loads(site.content(row.peaks_path))
    assert row.peaks_path == row.path.replace(".flac", ".peaks.json")
    assert (found["version"], found["seconds"], found["samples_per_pixel"], found["rate"]) == (1, 2.0, 160, 8000)
    assert [len(channel) for channel in found["channels"]] == [200, 200]
    samples = expected_sound(2.0)
    lowest, highest = found["channels"][1][20:22]
    assert lowest == round(int(samples[1600:1760, 1].min()) * 127 / 32768)
    assert highest == round(int(samples[1600:1760, 1].max()) * 127 / 32768)


def test_peaks_of_an_hour_are_no_more_than_of_minutes_and_of_nothing_none() -> None:
    hour = peaks(np.zeros((8000 * 3600, 2), np.int16))
    assert all(len(channel) <= 16000 for channel in hour["channels"])
    assert peaks(np.zeros((0, 1), np.int16))["channels"] == [[]]
    extreme = peaks(np.array([[-32768], [32767]], np.int16))
    assert extreme["channels"] == [[-127, 127]]


@pytest.mark.parametrize("path", ["../x.flac", "/etc/passwd", "2026/../../x", "", ".parts/x", "a\0b"])
def test_no_path_leads_out_of_the_folder(site: RecordingSite, path: str, tmp_path: Path) -> None:
    (tmp_path / "x.flac").write_bytes(b"x")
    with pytest.raises(FileNotFoundError), site.files.open(path):
        pass
    with pytest.raises(FileNotFoundError):
        site.files.put(tmp_path / "x.flac", path)
    with pytest.raises(FileNotFoundError):
        site.files.remove(path)


def test_a_file_that_does_not_read_back_gets_no_name(site: RecordingSite, monkeypatch: pytest.MonkeyPatch) -> None:
    source = site.folder / "a.flac"
    source.write_bytes(b"good")
    monkeypatch.setattr(files_module, "_copy", lambda original, part: part.write_bytes(b"bad"))
    with pytest.raises(StoreUnavailable, match=r"^recordings.reads_back_wrong file="):
        site.files.put(source, "2026/a.flac")
    assert site.local_files() == []


STEPS: list[tuple[Any, str]] = [
    (finalising, "encode"),
    (FolderFiles, "put"),
    (files_module, "_copy"),
    (Path, "replace"),
    (finalising.Finaliser, "_with_peaks"),
    (finalising.Finaliser, "_mark"),
    (ledger, "settle"),
    (finalising.Finaliser, "_remove_original"),
]


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(
    ("form", "place", "step"),
    # A WAV is not converted.
    [(form, *each) for form in ("flac", "wav") for each in STEPS if (form, each[1]) != ("wav", "encode")],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_killed_at_any_step_and_begun_again_gives_the_same(
    tmp_path: Path, form: str, place: Any, step: str, after: bool
) -> None:
    site = RecordingSite(tmp_path, form)
    site.take_in("a.1")
    site.take_in("a.0", started_at=MORNING - timedelta(hours=1))
    site.storage.close()
    killed_at(place, step, after, lambda: site.finaliser_on(a_storage(site.folder)).one())
    site.now += timedelta(days=365)  # the machine's own clock dates what was half written
    while site.finaliser.one():
        pass
    site.worker.tidy()
    rows = [site.row("a.1"), site.row("a.0")]
    assert all(np.array_equal(site.sound(row.path), expected_sound()) for row in rows)
    assert site.local_files() == sorted(name for row in rows for name in (row.path, row.peaks_path))
    assert sorted((row.chain_day or "", row.chain_number) for row in rows) in (
        [("2027-03-11", 1), ("2027-03-11", 2)],
        [("2026-03-11", 1), ("2027-03-11", 1)],
    )
    assert site.alerts() == {}


def test_what_cannot_be_encoded_says_why(tmp_path: Path) -> None:
    with pytest.raises((NotConverted, OSError)):
        encode(expected_sound(), "flac", tmp_path / "no" / "such" / "folder")
