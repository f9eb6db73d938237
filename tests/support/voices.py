"""A package of voices that is none: whole by its files, spoken for by a program of the tests."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path

import pytest

from greetings.voices import installing, kokoro
from greetings.voices.kokoro import FILES, write_package
from greetings.voices.process import Speaking
from hotline.settings import Home

PROGRAM = Path(__file__).with_name("voice_that_is_none.py")
speaking = partial(Speaking, program=PROGRAM)


def write_files(folder: Path, model: bytes = b"model") -> None:
    """What a package has besides its libraries and the word that it is whole."""
    (folder / "lib").mkdir(parents=True)
    (folder / "voices").mkdir()
    (folder / "model.onnx").write_bytes(model)
    (folder / "vocab.json").write_text("{}")
    for name in FILES.values():
        (folder / "voices" / f"{name}.bin").write_bytes(bytes(510 * 256 * 4))


def a_package(home: Home, model: str = "one") -> Path:
    """Installed."""
    folder = home.voices / kokoro.PACKAGE
    write_files(folder)
    write_package(folder, model)
    return folder


def speak_by_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """The voices of that package, here and where one is installed."""
    monkeypatch.setattr(kokoro, "speaking", cache(speaking))
    monkeypatch.setattr(installing, "Speaking", speaking)
