"""The real Vosk with the small model, and models brought in."""

from __future__ import annotations

import io
import itertools
import shutil
import tarfile
import threading
import zipfile
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from hotline.domain.errors import NotFound, Refused
from recordings.files import digest
from recordings.sound import RATE, read_wav
from recordings.speech import models
from recordings.speech.recogniser import NoModel
from recordings.speech.vosk_recogniser import VoskRecogniser
from tests.support.tones import tone
from tests.support.vosk_tiny import MODEL, samples


@pytest.fixture(scope="module")
def recogniser() -> VoskRecogniser:
    return VoskRecogniser(MODEL)


@pytest.mark.parametrize(("file", "said"), samples(), ids=lambda value: getattr(value, "stem", ""))
def test_what_is_said_is_heard_with_its_times(recogniser: VoskRecogniser, file: Path, said: str) -> None:
    sound = read_wav(file)[:, 0]
    words = recogniser.words(sound)
    assert "".join(word.text for word in words) == said.replace("[unk]", "")
    assert all(0 <= one.start < one.end <= len(sound) / RATE for one in words)
    assert all(one.end <= other.start + 1e-6 for one, other in itertools.pairwise(words))
    assert all(0 <= word.confidence <= 1 for word in words)


def test_a_recogniser_keeps_nothing_of_the_file_before(recogniser: VoskRecogniser) -> None:
    sound = read_wav(samples()[0][0])[:, 0]
    assert recogniser.words(sound) == recogniser.words(sound)


@pytest.mark.parametrize("sound", [np.zeros(RATE * 3, np.int16), tone(440, 3.0), np.zeros(0, np.int16)])
def test_what_is_no_speech_gives_no_words(recogniser: VoskRecogniser, sound: np.ndarray) -> None:
    assert recogniser.words(sound) == ()


def test_a_folder_without_a_model_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(NoModel, match=r"^recordings.model_lacks .*am/final.mdl"):
        VoskRecogniser(tmp_path)


# ---- models
def zipped(target: Path, above: str = "vosk-model-tiny") -> Path:
    with zipfile.ZipFile(target, "w") as packed:
        for file in MODEL.rglob("*"):
            packed.write(file, f"{above}/{file.relative_to(MODEL)}" if above else str(file.relative_to(MODEL)))
    return target


def tarred(target: Path) -> Path:
    with tarfile.open(target, "w:gz") as packed:
        packed.add(MODEL, "deep/er/vosk-model-tiny")
    return target


@pytest.mark.parametrize("make", [zipped, tarred])
def test_an_archive_is_installed_under_its_name_and_works(tmp_path: Path, make) -> None:  # type: ignore[no-untyped-def]
    archive = make(tmp_path / ("a.zip" if make is zipped else "a.tar.gz"))
    model = models.install(str(archive), tmp_path / "models", sha256=digest(archive).upper())
    assert model.name == "vosk-model-tiny" and model.size_bytes > 700_000
    assert [m.name for m in models.installed(tmp_path / "models")] == ["vosk-model-tiny"]
    assert VoskRecogniser(models.find(tmp_path / "models", "vosk-model-tiny")).words(read_wav(samples()[0][0])[:, 0])


def test_a_folder_is_copied_and_an_archive_without_one_gets_its_own_name(tmp_path: Path) -> None:
    assert models.install(str(MODEL), tmp_path / "models", name="tiny").name == "tiny"
    assert models.install(str(zipped(tmp_path / "flat.zip", "")), tmp_path / "models").name == "flat"


def test_a_url_is_fetched_with_progress(tmp_path: Path) -> None:
    (tmp_path / "served").mkdir()
    zipped(tmp_path / "served" / "m.zip")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=tmp_path / "served"))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    told: list[tuple[int, int | None]] = []
    try:
        url = f"http://127.0.0.1:{server.server_port}"
        models.install(f"{url}/m.zip", tmp_path / "models", progress=lambda done, total: told.append((done, total)))
        with pytest.raises(NotFound, match="404"):
            models.install(f"{url}/none.zip", tmp_path / "models", name="other")
    finally:
        server.shutdown()
        server.server_close()
    assert told[-1][0] == told[-1][1] == (tmp_path / "served" / "m.zip").stat().st_size


def test_nothing_half_done_is_left(tmp_path: Path) -> None:
    archive = zipped(tmp_path / "a.zip")
    torn = tmp_path / "torn.zip"
    torn.write_bytes(archive.read_bytes()[:300_000])
    empty = tmp_path / "empty.zip"
    zipfile.ZipFile(empty, "w").close()
    plain = tmp_path / "model.txt"
    plain.write_text("no archive")
    folder = tmp_path / "models"
    for source, checksum, said in (
        (archive, "0" * 64, "recordings.archive_differs"),
        (torn, "", "recordings.not_unpacked"),
        (empty, "", "recordings.no_model_in_archive"),
        (plain, "", "recordings.unknown_archive"),
        (tmp_path, "", "recordings.model_lacks"),
    ):
        with pytest.raises(Refused, match=f"^{said} "):
            models.install(str(source), folder, sha256=checksum)
    with pytest.raises(NotFound):
        models.install(str(tmp_path / "absent.zip"), folder)
    assert list(folder.iterdir()) == []


def test_a_taken_or_crooked_name_is_refused(tmp_path: Path) -> None:
    models.install(str(MODEL), tmp_path, name="tiny")
    for name in ("tiny", "../up", ".hidden", "a/b"):
        with pytest.raises(Refused):
            models.install(str(MODEL), tmp_path, name=name)


def test_an_archive_cannot_write_elsewhere(tmp_path: Path) -> None:
    evil = tmp_path / "evil.tar"
    with tarfile.open(evil, "w") as packed:
        entry = tarfile.TarInfo("../../escaped")
        entry.size = 1
        packed.addfile(entry, io.BytesIO(b"x"))
    with pytest.raises(Refused):
        models.install(str(evil), tmp_path / "a" / "models")
    assert not (tmp_path / "escaped").exists() and not (tmp_path / "a" / "escaped").exists()


def test_an_unknown_model_is_named_with_those_that_are_known(tmp_path: Path) -> None:
    shutil.copytree(MODEL, tmp_path / "tiny")
    with pytest.raises(NotFound, match=r"^recordings.no_model model=other known=\[tiny\]"):
        models.find(tmp_path, "other")
    assert models.find(tmp_path, str(tmp_path / "tiny")) == tmp_path / "tiny"


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "MOST_UNPACKED", 1_000_000)
    zip_bomb, tar_bomb = tmp_path / "bomb.zip", tmp_path / "bomb.tar.gz"
    with zipfile.ZipFile(zip_bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("am/final.mdl", b"\0" * 2_000_000)
    with tarfile.open(tar_bomb, "w:gz") as packed_tar:
        entry = tarfile.TarInfo("am/final.mdl")
        entry.size = 2_000_000
        packed_tar.addfile(entry, io.BytesIO(b"\0" * 2_000_000))
    for bomb in (zip_bomb, tar_bomb):
        with pytest.raises(Refused, match=r"^recordings.archive_too_large "):
            models.install(str(bomb), tmp_path / "models")
    monkeypatch.setattr(models, "MOST_FILES", 3)
    with zipfile.ZipFile(tmp_path / "many.zip", "w") as packed:
        for number in range(5):
            packed.writestr(f"f{number}", b"")
    with pytest.raises(Refused, match=r"^recordings.archive_too_large "):
        models.install(str(tmp_path / "many.zip"), tmp_path / "models")
    assert list((tmp_path / "models").iterdir()) == []


@pytest.mark.parametrize("part", ["../escaped", "/escaped", "a/../../escaped", "..\\escaped", "C:\\escaped"])
def test_a_part_that_leads_out_is_refused(tmp_path: Path, part: str) -> None:
    evil = tmp_path / "evil.zip"
    with zipfile.ZipFile(evil, "w") as packed:
        packed.writestr(part, b"x")
    with pytest.raises(Refused, match=r"^recordings.archive_leads_out "):
        models.install(str(evil), tmp_path / "a" / "models")
    assert not list(tmp_path.rglob("escaped"))


def test_what_is_removed_is_gone_and_nothing_else(tmp_path: Path) -> None:
    models.install(str(MODEL), tmp_path, name="tiny")
    models.install(str(MODEL), tmp_path, name="other")
    (tmp_path / "torn").mkdir()
    assert [name for name, _why in models.broken(tmp_path)] == ["torn"]
    models.remove(tmp_path, "tiny")
    models.remove(tmp_path, "torn")
    for name in ("tiny", "../other", "", ".", ".."):
        with pytest.raises((NotFound, Refused)):
            models.remove(tmp_path, name)
    assert [each.name for each in tmp_path.iterdir()] == ["other"]


def _torn_gzip(target: Path) -> Path:
    with tarfile.open(target, "w:gz") as packed:
        packed.add(MODEL / "am" / "final.mdl", "am/final.mdl")
    whole = target.read_bytes()
    target.write_bytes(whole[:5000] + b"\xff" * 64 + whole[5064:])
    return target


def _torn_deflate(target: Path) -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.write(MODEL / "am" / "final.mdl", "am/final.mdl")
    whole = target.read_bytes()
    target.write_bytes(whole[:60] + b"\xff" * 64 + whole[124:])
    return target


def _locked(target: Path) -> Path:
    """As if it had a password."""
    with zipfile.ZipFile(target, "w") as packed:
        packed.writestr("am/final.mdl", b"")
    whole = bytearray(target.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        whole[whole.index(mark) + place] |= 1
    target.write_bytes(whole)
    return target


def _linked(target: Path) -> Path:
    with tarfile.open(target, "w:gz") as packed:
        link = tarfile.TarInfo("am")
        link.type, link.linkname = tarfile.SYMTYPE, "conf"
        packed.addfile(link)
    return target


@pytest.mark.parametrize(
    ("name", "make", "said"),
    [
        ("a.tar.gz", _torn_gzip, "recordings.not_unpacked"),
        ("a.zip", _torn_deflate, "recordings.not_unpacked"),
        ("a.zip", _locked, "recordings.not_unpacked"),
        ("a.tar.gz", _linked, "recordings.archive_leads_out"),
    ],
)
def test_e4_an_archive_made_to_harm_is_refused_in_words(
    tmp_path: Path, name: str, make: Callable[[Path], Path], said: str
) -> None:
    with pytest.raises(Refused, match=f"^{said} "):
        models.install(str(make(tmp_path / name)), tmp_path / "models")
    assert list((tmp_path / "models").iterdir()) == []
