"""Names and lengths of the prompts as Asterisk plays them."""

from __future__ import annotations

import wave
from collections.abc import Callable
from pathlib import Path

from greetings import Manifest
from greetings.audio import seconds as length_of
from greetings.plan import line_of_its_own

#: Taken for a sound whose file cannot be read here: the guard is to be too late rather than too early.
UNKNOWN_SECONDS = 60.0


class Sounds:
    """`folder`: gives the one that holds the sounds of the language that is spoken to callers now."""

    def __init__(self, manifest: Manifest, folder: Callable[[], Path]) -> None:
        self._manifest = manifest
        self._folder = folder
        self._lengths: dict[Path, tuple[int, float]] = {}

    def name(self, prompt_id: str, line: str) -> str:
        """The prompt as Asterisk knows it, this line's own where one was chosen; raises PromptError for one in no
        manifest (refused at the start)."""
        common, prompt = self._manifest.sound(prompt_id, line), self._manifest.get(prompt_id)
        own = line_of_its_own(self._manifest, prompt, line) if prompt else ""
        return own if own and self.is_there(own) else common

    def is_there(self, name: str) -> bool:
        """Whether Asterisk has it by now."""
        return self._file(name).is_file()

    def seconds(self, name: str) -> float:
        """How long it takes to play; read again when the file was replaced."""
        file = self._file(name)
        try:
            changed = file.stat().st_mtime_ns
            known = self._lengths.get(file)
            if known is None or known[0] != changed:
                known = self._lengths[file] = (changed, length_of(file))
            return known[1]
        except (OSError, wave.Error, EOFError):
            return UNKNOWN_SECONDS

    def _file(self, name: str) -> Path:
        return self._folder() / f"{name}.wav"
