from __future__ import annotations

import errno
import hashlib
import os
import struct
import wave
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from hotline.domain.errors import StoreUnavailable
from hotline.domain.reasons import because
from hotline.domain.recordings.recording import NOTHING_SENT, RecordingState
from recordings import intake, store
from recordings.intake import take_in
from recordings.sound import read_wav
from tests.support import tones
from tests.support.rows import MORNING, a_pause, a_recording
from tests.support.words import english

NOW = MORNING + timedelta(minutes=5)
ENTRY = replace(a_recording("node1-1773194400.7"), id=1)
VOICEMAIL = replace(a_recording("node1-1773194400.7", kind="voicemail"), id=2)


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    for name in ("incoming", "store"):
        (tmp_path / name).mkdir()
    return tmp_path / "incoming", tmp_path / "store"


def settled(path: Path) -> Path:
    """As if Asterisk had finished it a minute ago."""
    os.utime(path, (NOW.timestamp() - 60,) * 2)
    return path


def put_talk(incoming: Path, seconds: float = 3.0) -> Path:
    path = incoming / ENTRY.source_file
    return settled(tones.write_raw(path, tones.tone(440, seconds), tones.tone(880, seconds)))


def test_a_talk_is_stored_with_the_caller_left_and_our_side_right(folders: tuple[Path, Path]) -> None:
    source = put_talk(folders[0])
    after = take_in(ENTRY, *folders, [], NOW)
    stored = folders[1] / "2026/03/11/node1-node1-1773194400.7-talk.wav"
    assert (after.state, folders[1] / after.path, after.problem) == (RecordingState.READY, stored, None)
    assert tones.seconds_of_tone(stored, 0, 440) == tones.seconds_of_tone(stored, 1, 880) == 3.0
    assert (after.seconds, after.size_bytes) == (3.0, stored.stat().st_size) == (3.0, 44 + 3 * 8000 * 4)
    assert after.sha256 == hashlib.sha256(stored.read_bytes()).hexdigest()
    assert after.measures["channels"]["caller"]["rms_dbfs"] == pytest.approx(-10, abs=0.1)
    assert after.measures["channels"]["ours"]["silent"] is False
    assert source.exists(), "the source goes only after the row is committed"


def test_the_date_of_the_path_is_shanghais(folders: tuple[Path, Path]) -> None:
    entry = replace(ENTRY, started_at=datetime(2026, 12, 31, 16, 0, tzinfo=UTC))
    assert store.relative_path(entry).startswith("2027/01/01/")


def test_taking_in_twice_gives_the_same(folders: tuple[Path, Path]) -> None:
    put_talk(folders[0])
    first = take_in(ENTRY, *folders, [], NOW)
    assert take_in(ENTRY, *folders, [], NOW + timedelta(hours=1)) == first


def test_g2_a_pause_is_a_marked_gap_of_silence(folders: tuple[Path, Path]) -> None:
    voice, silence = tones.tone(440, 2.0), tones.tone(0, 3.0)
    paused = np.concatenate([voice, silence, voice])
    settled(tones.write_raw(folders[0] / ENTRY.source_file, paused, paused))
    after = take_in(ENTRY, *folders, [a_pause(MORNING, 1.9, 5.1)], NOW)
    assert after.measures["gaps"] == [{"start": 2.0, "end": 5.0, "silent": True}]
    assert after.problem is None


def test_g2_a_pause_that_holds_sound_is_told_as_a_problem(folders: tuple[Path, Path]) -> None:
    put_talk(folders[0], seconds=7)
    after = take_in(ENTRY, *folders, [a_pause(MORNING, 2, 5)], NOW)
    assert after.state is RecordingState.READY
    assert english(after.problem).startswith("G2: paused, but sound is there: 2.0–5.0 s")


@pytest.mark.parametrize("torn", [1, 2, 3])
def test_a_raw_file_torn_in_a_sample_loses_that_sample_only(folders: tuple[Path, Path], torn: int) -> None:
    source = put_talk(folders[0])
    source.write_bytes(source.read_bytes() + b"\x07" * torn)
    settled(source)
    assert take_in(ENTRY, *folders, [], NOW).seconds == 3.0


@pytest.mark.parametrize("told", [0, 0xFFFFFFFF, 1000], ids=["zero", "endless", "true"])
def test_a_voicemail_whose_header_was_never_finished_is_whole(folders: tuple[Path, Path], told: int) -> None:
    """Asterisk killed −9 leaves a length of 0."""
    path = tones.write_wav(folders[0] / VOICEMAIL.source_file, tones.tone(440, 2.0))
    content = bytearray(path.read_bytes())
    struct.pack_into("<I", content, 40, told)
    path.write_bytes(content + b"\x01")
    settled(path)
    after = take_in(VOICEMAIL, *folders, [], NOW)
    assert after.seconds == pytest.approx(1000 / 16000 if told == 1000 else 2.0, abs=0.001)
    channels = after.measures["channels"]
    assert isinstance(channels, dict) and list(channels) == ["caller"]
    with wave.open(str(folders[1] / after.path)) as file:
        assert (file.getnchannels(), file.getframerate(), file.getsampwidth()) == (1, 8000, 2)


def test_a_wideband_voicemail_is_brought_to_8_khz(folders: tuple[Path, Path]) -> None:
    path = folders[0] / VOICEMAIL.source_file
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 16000, 0, "NONE", ""))
        file.writeframes((8000 * np.sin(2 * np.pi * 440 / 16000 * np.arange(32000))).astype("<i2").tobytes())
    settled(path)
    after = take_in(VOICEMAIL, *folders, [], NOW)
    assert after.seconds == 2.0
    assert tones.dominant(folders[1] / after.path, 0, 0.2, 1.8) == pytest.approx(440, abs=2)


@pytest.mark.parametrize("content", [b"", b"\x01\x02\x03"], ids=["empty", "less than a sample"])
@pytest.mark.parametrize("there", [True, False])
def test_an_empty_or_missing_source_is_missing_after_bounded_attempts_ever_further_apart(
    folders: tuple[Path, Path], content: bytes, there: bool
) -> None:
    if there:
        (folders[0] / ENTRY.source_file).write_bytes(content)
        settled(folders[0] / ENTRY.source_file)
    entry, now, waits = ENTRY, NOW, []
    while entry.state is RecordingState.PENDING:
        entry = take_in(entry, *folders, [], now)
        waits.append((entry.next_attempt_at - now).total_seconds() if entry.next_attempt_at else None)
        now = entry.next_attempt_at or now
    assert waits == [5, 10, 20, 40, 80, 160, 320, None]
    assert (entry.state, entry.attempts) == (RecordingState.MISSING, intake.ATTEMPTS)
    assert entry.problem == because("recordings.empty" if there else "recordings.none_left")
    assert list(folders[1].rglob("*.wav")) == []


def test_a_voicemail_to_which_nothing_was_sent_is_no_loss(folders: tuple[Path, Path]) -> None:
    """A9: known at once, not after ten minutes of looking for it; and so is one that holds silence alone."""
    entry = replace(ENTRY, kind="voicemail", source_file="n-1-voicemail.wav")
    source = folders[0] / entry.source_file
    settled(tones.write_wav(source, tones.tone(0, 0.0)))
    after = take_in(entry, *folders, [], NOW)
    assert (after.state, after.problem, after.nothing_said) == (RecordingState.MISSING, NOTHING_SENT, True)
    settled(tones.write_wav(source, tones.tone(0, 2.0)))
    after = take_in(entry, *folders, [], NOW)
    assert (after.state, after.nothing_said) == (RecordingState.READY, True)
    settled(tones.write_wav(source, tones.tone(440, 2.0)))
    assert not take_in(entry, *folders, [], NOW).nothing_said


def test_a_recording_that_comes_late_is_taken_in(folders: tuple[Path, Path]) -> None:
    entry = take_in(ENTRY, *folders, [], NOW)
    put_talk(folders[0])
    after = take_in(entry, *folders, [], NOW)
    assert (after.state, after.problem, after.next_attempt_at) == (RecordingState.READY, None, None)


def test_a_file_still_written_to_is_waited_for(folders: tuple[Path, Path]) -> None:
    os.utime(put_talk(folders[0]), (NOW.timestamp() - 0.2,) * 2)
    after = take_in(ENTRY, *folders, [], NOW)
    assert (after.state, after.attempts) == (RecordingState.PENDING, 0)
    assert after.next_attempt_at == NOW + timedelta(seconds=1)


RIFF = b"RIFF\0\0\0\0WAVE"


@pytest.mark.parametrize("content", [b"RIFFnot sound at all", b"\xff" * 5000, RIFF, RIFF + b"fmt \x02\0\0\0xx"])
def test_an_unreadable_source_fails_and_is_kept(folders: tuple[Path, Path], content: bytes) -> None:
    path = folders[0] / VOICEMAIL.source_file
    path.write_bytes(content)
    settled(path)
    after = take_in(VOICEMAIL, *folders, [], NOW)
    assert after.state is RecordingState.FAILED and "is left as" in english(after.problem)
    assert path.read_bytes() == content


@pytest.mark.parametrize("name", ["../secrets.toml", "/etc/passwd", "a/b.raw", "", "..", "x\0.raw"])
def test_a_name_that_leads_out_of_the_incoming_folder_is_refused(folders: tuple[Path, Path], name: str) -> None:
    after = take_in(replace(ENTRY, source_file=name), *folders, [], NOW)
    assert after.state is RecordingState.FAILED and "no file name" in english(after.problem)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EDQUOT])
def test_a_full_or_closed_store_loses_nothing(
    folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    put_talk(folders[0])

    def refuse(_descriptor: int) -> None:
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patched, pytest.raises(StoreUnavailable, match=os.strerror(code)):
        patched.setattr(os, "fsync", refuse)
        take_in(ENTRY, *folders, [], NOW)
    assert (folders[0] / ENTRY.source_file).exists()
    assert [p for p in folders[1].rglob("*") if p.is_file()] == [], "nothing half-written is left"
    assert take_in(ENTRY, *folders, [], NOW).state is RecordingState.READY


def test_a_stored_file_that_does_not_read_back_is_not_believed(
    folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    put_talk(folders[0])
    monkeypatch.setattr(store, "write_wav", lambda file, samples: file.write(b"RIFF"))
    with pytest.raises(StoreUnavailable):
        take_in(ENTRY, *folders, [], NOW)


def test_a_stored_file_without_its_source_is_taken_as_it_is(folders: tuple[Path, Path]) -> None:
    """The database was restored from a backup: the row is pending again, its source long gone."""
    source = put_talk(folders[0])
    first = take_in(ENTRY, *folders, [], NOW)
    source.unlink()
    assert take_in(ENTRY, *folders, [], NOW) == first


def test_the_source_goes_only_while_the_stored_file_is_what_the_row_says(folders: tuple[Path, Path]) -> None:
    source = put_talk(folders[0])
    after = take_in(ENTRY, *folders, [], NOW)
    assert not intake.remove_source(ENTRY, *folders) and source.exists(), "a pending entry's source stays"
    stored = folders[1] / after.path
    good = stored.read_bytes()
    stored.write_bytes(good[:-2] + b"\x55\x55")
    with pytest.raises(StoreUnavailable):
        intake.remove_source(after, *folders)
    assert source.exists()
    stored.write_bytes(good)
    assert intake.remove_source(after, *folders) and not source.exists()
    assert not intake.remove_source(after, *folders)


def test_a_second_talk_file_of_one_call_gets_a_place_of_its_own(folders: tuple[Path, Path]) -> None:
    other = replace(ENTRY, source_file=f"{ENTRY.linkedid}-2.raw")
    assert store.relative_path(other) == "2026/03/11/node1-node1-1773194400.7-talk-2.wav"


def test_reading_back_a_long_talk_gives_every_sample(folders: tuple[Path, Path]) -> None:
    """Longer than what is written at a time."""
    put_talk(folders[0], seconds=130.5)
    after = take_in(ENTRY, *folders, [], NOW)
    assert np.array_equal(read_wav(folders[1] / after.path).T, tones.read(folders[0] / ENTRY.source_file))
