"""E2: recordings on discs — written, proven, brought back."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pycdlib import PyCdlib

from hotline.bootstrap import Hotline
from hotline.domain.calls.call import Party, PartyKind
from hotline.domain.errors import StoreUnavailable
from hotline.storage.audit import AuditLog
from recordings.archive import sealing, writing
from recordings.archive.image import open_image
from recordings.archive.reading import FaultKind
from recordings.archive.restoring import Restorer
from recordings.files import FolderFiles
from recordings.making import HereAndAway
from tests.support.instance import an_instance, run, run_json
from tests.support.recording_site import RecordingSite
from tests.support.rig import wait_until
from tests.support.rows import MORNING

DAY = timedelta(days=1)


class Archive:
    """An instance with recordings in its store, and what `hotline archive` says of it."""

    def __init__(self, folder: Path) -> None:
        self.out = folder / "images"
        self.hotline: Hotline = an_instance(folder, MORNING + 30 * DAY, '[site]\ncompany = "晨光<script>"\n')
        self.site = RecordingSite(folder, storage=self.hotline.storage, files=self.hotline.files)
        self.site.store = self.hotline.home.recordings

    def keep(self, linkedid: str, days: int = 0, **more: Any) -> int:
        self.site.take_in(linkedid, started_at=MORNING + days * DAY, **more)
        assert self.site.finaliser.one()
        return self.site.row(linkedid).id or 0

    def create(self, *arguments: str) -> list[dict[str, Any]]:
        return run_json(self.hotline, "archive", "create", "--until", "2026-04-01", "--out", str(self.out), *arguments)[
            "discs"
        ]

    def faults(self, image: str | Path, *arguments: str) -> dict[str, str]:
        result = run(self.hotline, "archive", "verify", str(image), *arguments, "--json")
        report = json.loads(result.stdout)
        assert (result.exit_code == 1) == bool(report["faults"])
        return {fault["kind"]: fault["where"] for fault in report["faults"]}

    def audit(self) -> list[tuple[str, str]]:
        with self.hotline.storage.reading() as tx:
            return [(str(e["action"]), str(e["object"])) for e in reversed(AuditLog(tx).latest(100))]


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path)


def _read(image: str | Path) -> dict[str, bytes]:
    with open_image(Path(image)) as reader:
        return {path: reader.read(path) for path in reader.paths()}


def _key(folder: Path, name: str = "key") -> str:
    sealing.new_key(folder / name)
    return str(folder / name)


def test_a_disc_holds_recordings_indexes_and_sums_that_other_programs_read(archive: Archive, tmp_path: Path) -> None:
    hostile = Party(PartyKind.OPERATOR, "1001", '=赵"敏<img src=x>\u202e🙂')
    archive.keep("1.1", answered_by=hostile)
    archive.keep("2.2", 1)
    [disc] = archive.create()
    content = _read(disc["file"])
    [first, second] = [archive.site.row(linkedid) for linkedid in ("1.1", "2.2")]
    assert content[f"recordings/{first.path}"] == archive.site.content(first.path)
    rows = list(csv.reader(io.StringIO(content["index.csv"].decode("utf-8-sig"))))
    assert content["index.csv"].startswith(b"\xef\xbb\xbf") and len(rows) == 3
    assert rows[1][1] == "138****8000" and rows[1][2].startswith("'=") and rows[1][-1] == first.sha256
    page = content["index.html"].decode()
    assert f'href="recordings/{second.path}"' in page
    assert "<img" not in page and "138****8000" in page and "13800138000" not in page
    assert "晨光<script>" not in page.replace("</style>", "")
    assert "hotline archive" in content["README.txt"].decode("utf-8-sig")
    with open_image(Path(disc["file"])) as reader:
        assert reader.label == disc["label"] == "HL00001_20260311"
    out = tmp_path / "out"
    subprocess.run(
        ["xorriso", "-osirrox", "on", "-indev", disc["file"], "-extract", "/", str(out)],
        check=True,
        capture_output=True,
    )
    subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=out, check=True)
    assert archive.faults(disc["label"]) == {}
    assert archive.audit()[-2:] == [
        ("archive.create", f"disc:{disc['label']}"),
        ("archive.verify", f"disc:{disc['label']}"),
    ]
    [listed] = run_json(archive.hotline, "archive", "list")
    assert listed["verified_at"] and listed["recordings"] == 2 and not listed["encrypted"]


@pytest.mark.parametrize("medium", ["cd", "dvd", "bd"])
def test_each_medium_is_read_by_every_of_its_trees(archive: Archive, medium: str) -> None:
    archive.keep("1.1")
    [disc] = archive.create("--medium", medium)
    assert archive.faults(disc["file"]) == {}
    iso = PyCdlib()
    iso.open(disc["file"])
    assert iso.has_joliet() and iso.has_rock_ridge() and iso.has_udf() == (medium != "cd")
    iso.close()


def test_what_is_on_a_disc_is_not_archived_again_unless_asked(archive: Archive) -> None:
    archive.keep("1.1")
    assert len(archive.create()) == 1
    assert archive.create() == []
    archive.keep("2.2", 1)
    [second] = archive.create()
    assert second["recordings"] == 1
    [third] = archive.create("--again")
    assert third["recordings"] == 2 and third["label"].startswith("HL00003")


def test_only_calls_of_the_time_asked_for(archive: Archive) -> None:
    for day in range(3):
        archive.keep(f"{day}.1", day)
    [disc] = archive.create("--since", "2026-03-12", "--until", "2026-03-13")
    assert disc["recordings"] == 1 and disc["since"].startswith("2026-03-12")


def test_as_many_discs_as_needed_and_no_call_parted(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(4):
        archive.keep(f"{number}.1", number)
    size = max(archive.site.row(f"{n}.1").size_bytes or 0 for n in range(4))
    monkeypatch.setattr(writing, "_LINES_BYTES", 2_400_000 - size)
    discs = archive.create("--size-mb", "8")
    assert [disc["recordings"] for disc in discs] == [2, 2]
    assert discs[0]["until"] < discs[1]["since"]


def test_a_flipped_bit_is_found_and_the_file_named(archive: Archive) -> None:
    archive.keep("1.1")
    [disc] = archive.create()
    whole = Path(disc["file"]).read_bytes()
    row = archive.site.row("1.1")
    _flip(disc["file"], whole.index(archive.site.content(row.path)) + 100)
    assert archive.faults(disc["file"]) == {FaultKind.CHANGED: f"recordings/{row.path}"}
    assert run_json(archive.hotline, "archive", "list")[0]["verified_at"] is None


def test_a_flipped_bit_beside_the_files_is_found(archive: Archive) -> None:
    archive.keep("1.1")
    [disc] = archive.create()
    _flip(disc["file"], 100)  # the sectors before the first descriptor
    assert archive.faults(disc["file"]) == {FaultKind.CHANGED: disc["label"]}


@pytest.mark.parametrize("keep", [0.0, 0.05, 0.5, 0.99])
def test_a_truncated_image_has_words_of_its_own(archive: Archive, keep: float) -> None:
    archive.keep("1.1")
    [disc] = archive.create()
    os.truncate(disc["file"], int(disc["size_bytes"] * keep))
    faults = archive.faults(disc["file"])
    assert FaultKind.TRUNCATED in faults or FaultKind.NO_IMAGE in faults


def test_a_foreign_image_and_one_of_another_register(archive: Archive, tmp_path: Path) -> None:
    archive.keep("1.1")
    [disc] = archive.create()
    iso = PyCdlib()
    iso.new(joliet=3, vol_ident="HOLIDAYS")
    iso.write(str(tmp_path / "foreign.iso"))
    assert archive.faults(tmp_path / "foreign.iso").keys() == {FaultKind.FOREIGN}
    (tmp_path / "text").write_text("no image at all" * 5000)
    assert archive.faults(tmp_path / "text").keys() == {FaultKind.NO_IMAGE}
    (tmp_path / "other").mkdir()
    assert Archive(tmp_path / "other").faults(disc["file"]).keys() == {FaultKind.NOT_REGISTERED}


def test_a_sealed_disc_shows_nothing_without_its_key(archive: Archive, tmp_path: Path) -> None:
    archive.keep("1.1")
    key, other = _key(tmp_path), _key(tmp_path, "other")
    [disc] = archive.create("--key-file", key)
    row = archive.site.row("1.1")
    content = _read(disc["file"])
    assert "index.html" not in content and "README.txt" in content
    assert archive.site.content(row.path)[:50] not in Path(disc["file"]).read_bytes()
    assert archive.faults(disc["label"]) == {}
    assert archive.faults(disc["label"], "--key-file", key) == {}
    assert archive.faults(disc["label"], "--key-file", other).keys() == {FaultKind.WRONG_KEY}
    opened = run(archive.hotline, "archive", "open", disc["label"], "--to", str(tmp_path / "o"), "--key-file", key)
    assert opened.exit_code == 0 and (tmp_path / "o" / "recordings" / row.path).read_bytes() == archive.site.content(
        row.path
    )
    assert (tmp_path / "o" / "index.html").exists()
    assert archive.audit()[-1] == ("archive.export", f"disc:{disc['label']}")
    wrong = run(archive.hotline, "archive", "verify", disc["label"], "--key-file", disc["file"])
    assert wrong.exit_code == 1 and "is no key" in wrong.output


@pytest.mark.parametrize("seal", [False, True])
def test_what_is_lost_or_damaged_comes_back(archive: Archive, tmp_path: Path, seal: bool) -> None:
    recording_id = archive.keep("1.1")
    key = ["--key-file", _key(tmp_path)] if seal else []
    archive.create(*key)
    row = archive.site.row("1.1")
    sound = archive.site.content(row.path)
    stored = archive.hotline.home.recordings / row.path
    good = run(archive.hotline, "archive", "restore", "1.1", *key)
    assert good.exit_code == 1 and "not overwritten" in good.output
    outline = archive.site.content(row.peaks_path)
    (archive.hotline.home.recordings / row.peaks_path).unlink()
    for damage in (stored.unlink, lambda: stored.write_bytes(b"torn")):
        damage()
        assert run(archive.hotline, "archive", "restore", f"recording:{recording_id}", *key).exit_code == 0
        assert archive.site.content(row.path) == sound
        assert archive.site.content(row.peaks_path) == outline
    assert archive.audit()[-1] == ("archive.restore", f"recording:{recording_id}")
    out = tmp_path / "given"
    assert run(archive.hotline, "archive", "restore", "1.1", "--to", str(out), *key).exit_code == 0
    assert [file.read_bytes() for file in out.iterdir()] == [sound]
    assert archive.audit()[-1][0] == "archive.export"
    if seal:
        assert "sealed" in run(archive.hotline, "archive", "restore", "1.1", "--to", str(tmp_path / "x")).output


def test_a_copy_that_breaks_off_halfway_stands_in_the_audit_log(archive: Archive, tmp_path: Path) -> None:
    """F8: the files until then have left the house. The image was burned under another name."""
    archive.keep("1.1")
    key, other = _key(tmp_path), _key(tmp_path, "other")
    [disc] = archive.create("--key-file", key)
    moved = Path(disc["file"]).rename(tmp_path / "burned.iso")
    opened = run(archive.hotline, "archive", "open", str(moved), "--to", str(tmp_path / "o"), "--key-file", other)
    assert opened.exit_code == 1 and archive.audit()[-1] == ("archive.export", f"disc:{disc['label']}")


def test_of_a_call_the_lost_one_comes_back_and_the_sound_one_is_left_alone(archive: Archive) -> None:
    for kind in ("talk", "voicemail"):
        archive.site.take_in("1.1", started_at=MORNING, kind=kind)
        assert archive.site.finaliser.one()
    archive.create()
    lost = archive.site.row("1.1", "talk")
    (archive.hotline.home.recordings / lost.path).unlink()
    result = run(archive.hotline, "archive", "restore", "1.1")
    assert (result.exit_code, result.output.count("not overwritten")) == (0, 1)
    assert archive.site.content(lost.path)


def test_a_damaged_file_of_before_the_store_moved_away_does_not_hide_what_came_back(
    archive: Archive, tmp_path: Path
) -> None:
    archive.keep("1.1")
    archive.create()
    row, here = archive.site.row("1.1"), archive.hotline.home.recordings
    sound = archive.site.content(row.path)
    (here / row.path).write_bytes(b"torn")
    both = HereAndAway(FolderFiles(here), FolderFiles(tmp_path / "away"))
    Restorer(archive.hotline.storage, both, here, archive.hotline.clock, "li").into_store(row, None, None)
    with both.open(row.path) as opened:
        assert opened.file.read() == sound


def test_nothing_comes_back_that_is_not_what_the_ledger_has(archive: Archive) -> None:
    archive.keep("1.1")
    [disc] = archive.create()
    row = archive.site.row("1.1")
    _flip(disc["file"], Path(disc["file"]).read_bytes().index(archive.site.content(row.path)) + 9)
    (archive.hotline.home.recordings / row.path).unlink()
    result = run(archive.hotline, "archive", "restore", "1.1")
    assert result.exit_code == 1 and "is not what the ledger has" in result.output
    assert not (archive.hotline.home.recordings / row.path).exists()
    assert "No recording of" in run(archive.hotline, "archive", "restore", "99").output


def test_a_broken_recording_is_left_out_and_named(archive: Archive) -> None:
    archive.keep("1.1")
    archive.keep("2.2", 1)
    archive.keep("3.3", 2)
    (archive.hotline.home.recordings / archive.site.row("2.2").path).write_bytes(b"x" * 100)
    (archive.hotline.home.recordings / archive.site.row("3.3").path).unlink()
    result = run(archive.hotline, "archive", "create", "--until", "2026-04-01", "--out", str(archive.out))
    assert (
        result.exit_code == 1
        and "left out" in result.output
        and "The recording's file is not in the store" in result.output
    )
    [disc] = run_json(archive.hotline, "archive", "list")
    assert disc["recordings"] == 1 and archive.faults(disc["file"]) == {}


def test_a_full_disk_has_clear_words_and_registers_nothing(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    archive.keep("1.1")

    def full(*_arguments: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(PyCdlib, "write_fp", full)
        result = run(archive.hotline, "archive", "create", "--until", "2026-04-01", "--out", str(archive.out))
    assert result.exit_code == 1 and "No space left on device" in result.output
    usage = type("Usage", (), {"free": 1000})
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)
    result = run(archive.hotline, "archive", "create", "--until", "2026-04-01", "--out", str(archive.out))
    assert "no room for the image" in result.output
    assert run_json(archive.hotline, "archive", "list") == []
    assert [file.name for file in archive.out.iterdir()] == [".lock"]


def test_a_store_that_goes_away_leaves_no_image(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    archive.keep("1.1")

    def away(*_arguments: object) -> None:
        raise StoreUnavailable("the store is away")

    monkeypatch.setattr(type(archive.hotline.files), "open", away)
    result = run(archive.hotline, "archive", "create", "--until", "2026-04-01", "--out", str(archive.out))
    assert result.exit_code == 1 and "the store is away" in result.output
    assert [file.name for file in archive.out.iterdir()] == [".lock"]


def test_killed_in_the_middle_no_half_image_has_a_name(archive: Archive, tmp_path: Path) -> None:
    """kill -9 while the image is written: nothing registered, and the next run makes it whole."""
    archive.keep("1.1")
    script = f"""
import time
from pathlib import Path
from hotline.bootstrap import Hotline
from hotline.domain.time import system_clock
from hotline.services.settings.in_force import SettingsInForce
from hotline.settings import Home
from hotline.settings.load import read_layers
from hotline.settings.secrets import Secrets
from hotline.storage.engine import make_engine
from hotline.storage.transaction import Storage
from recordings.archive import image
from tests.support.instance import run
real = image.ImageWriter.write
def slow(self, target, step):
    real(self, target, step)
    target.flush()
    time.sleep(60)
image.ImageWriter.write = slow
home = Home(Path({str(archive.hotline.home.root)!r}))
storage = Storage(make_engine("sqlite:///{tmp_path / "test.db"}"))
in_force = SettingsInForce(read_layers(home, environment={{}}), storage, system_clock)
hotline = Hotline(home, in_force, Secrets("a", "b", "c"), system_clock, storage)
run(hotline, "archive", "create", "--until", "2026-04-01", "--out", {str(archive.out)!r})
"""
    process = subprocess.Popen([sys.executable, "-c", script])
    try:
        wait_until(lambda: any(f.stat().st_size > 50_000 for f in archive.out.glob("*.part")), "it is writing", 30)
        other = run(archive.hotline, "archive", "create", "--until", "2026-04-01", "--out", str(archive.out))
        assert "Another archive is being written" in other.output
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    assert not list(archive.out.glob("*.iso")) and list(archive.out.glob("*.part"))
    assert run_json(archive.hotline, "archive", "list") == []
    [disc] = archive.create()
    assert archive.faults(disc["file"]) == {} and not list(archive.out.glob("*.part"))


def _flip(file: str, at: int) -> None:
    with open(file, "r+b") as opened:
        opened.seek(at)
        [byte] = opened.read(1)
        opened.seek(at)
        opened.write(bytes([byte ^ 0x10]))
