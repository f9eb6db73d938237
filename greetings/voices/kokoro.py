"""Kokoro-82M: natural Mandarin voices that run without a network, in a process of their own.

The package lies in HOTLINE_HOME/voices/kokoro: `lib` (its Python libraries), `model.onnx`, `vocab.json`, `voices/*.bin`
and `package.json`, which is written last: without it nothing is installed.
"""

from __future__ import annotations

import json
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from greetings.audio import Samples
from greetings.errors import PromptError
from greetings.voices.process import speaking
from greetings.voices.voice import VoiceFacts
from hotline.domain.reasons import Reason, because

PACKAGE = "kokoro"
FORM = 1
MEGABYTES = 345
#: 1 is 240 Chinese characters a minute, which is too quick for a telephone (C5).
SPEED = 0.75
_LICENCE = "Apache-2.0"

#: By our names; the file of each in the package.
FILES = {
    "kokoro-xiaoxiao": "zf_xiaoxiao",
    "kokoro-xiaobei": "zf_xiaobei",
    "kokoro-xiaoni": "zf_xiaoni",
    "kokoro-xiaoyi": "zf_xiaoyi",
    "kokoro-yunxi": "zm_yunxi",
    "kokoro-yunjian": "zm_yunjian",
    "kokoro-yunxia": "zm_yunxia",
    "kokoro-yunyang": "zm_yunyang",
}
SPEAKERS = {
    name: VoiceFacts(name, ("zh",), "woman" if file.startswith("zf") else "man", _LICENCE, PACKAGE, MEGABYTES)
    for name, file in FILES.items()
}


@dataclass(frozen=True, slots=True)
class Kokoro:
    """One of its voices. `folder`: of the package, whether it is there or not."""

    facts: VoiceFacts
    folder: Path

    def recipe(self) -> str:
        told = _told(self.folder)
        return f"{self.facts.name} {SPEED} {told.get('model', 'not installed') if told else 'not installed'}"

    def speak(self, text: str) -> tuple[Samples, int]:
        if problem := package_problem(self.folder):
            raise PromptError.of(problem)
        return speaking(self.folder).speak(text, FILES[self.facts.name], SPEED)


def machine() -> str:
    """What the libraries were made for: they don't load in another Python or on another processor."""
    return f"{sys.implementation.cache_tag}-{sysconfig.get_platform()}"


def package_problem(folder: Path) -> Reason | None:
    """Why nobody can speak with what lies in this folder; None when it is whole."""
    told = _told(folder)
    if told is None:
        return because("prompts.voice_not_installed")
    if told.get("form") != FORM or told.get("machine") != machine():
        return because("prompts.voice_for_another", machine=str(told.get("machine", "")), ours=machine())
    sizes = told.get("sizes", {})
    wrong = [name for name in needed_files() if _size(folder / name) != sizes.get(name)]
    return because("prompts.voice_lacks", files=tuple(wrong)) if wrong or not (folder / "lib").is_dir() else None


def needed_files() -> tuple[str, ...]:
    """Besides the libraries."""
    return ("model.onnx", "vocab.json", *(f"voices/{name}.bin" for name in FILES.values()))


def write_package(folder: Path, model_sha256: str) -> None:
    """Says that the package in this folder is whole."""
    sizes = {name: (folder / name).stat().st_size for name in needed_files()}
    told = {"form": FORM, "machine": machine(), "model": model_sha256, "sizes": sizes}
    (folder / "package.json").write_text(json.dumps(told, indent=1), "utf-8")


def _told(folder: Path) -> dict[str, Any] | None:
    try:
        told = json.loads((folder / "package.json").read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return told if isinstance(told, dict) else None


def _size(file: Path) -> int | None:
    return file.stat().st_size if file.is_file() else None
