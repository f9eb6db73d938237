"""The processes' output: on the console after their name, and in HOTLINE_HOME/log/<name>.log."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from rich.console import Console
from rich.text import Text

from hotline.domain.time import SHANGHAI, system_clock

#: A log file grows to this size, then is put aside; so many are kept. 6 processes × 6 × 10 MB at the most.
LOG_BYTES = 10_000_000
LOG_FILES = 5

#: What Asterisk 22 says at each start, since its documentation lacks an option of its own: it stands in the log and on
#: no console, where a newcomer would take it for a fault.
_OF_NO_MATTER = ("Could not find option 'minimum_size' with type 'threadpool' in module 'stasis'",)

_COLOURS = ("cyan", "green", "magenta", "yellow", "blue", "bright_cyan", "bright_green", "bright_magenta")


class Output:
    """Where lines go. Used from one thread."""

    def __init__(self, console: Console, folder: Path) -> None:
        self._console = console
        self._folder = folder
        self._files: dict[str, RotatingFileHandler] = {}

    def line(self, name: str, text: str) -> None:
        """One line of a process. It may hold what a caller sent as a name, so nothing that steers a terminal."""
        text = "".join(c if c.isprintable() or c == "\t" else "\N{REPLACEMENT CHARACTER}" for c in text)
        file = self._file(name)
        if text not in _OF_NO_MATTER:
            self._show(name, text, _COLOURS[list(self._files).index(name) % len(_COLOURS)])
        file.emit(_record(name, text))

    def say(self, text: str, style: str = "") -> None:
        """A word of the supervisor's own."""
        self._show("up", text, "bold", style)
        self._file("up").emit(_record("up", f"{system_clock().astimezone(SHANGHAI):%F %T} {text}"))

    def close(self) -> None:
        for file in self._files.values():
            file.close()

    def _show(self, name: str, text: str, colour: str, style: str = "") -> None:
        line = Text.assemble((f"{name:>8} ", colour), (text, style))
        self._console.print(line, soft_wrap=True, highlight=False)

    def _file(self, name: str) -> RotatingFileHandler:
        if name not in self._files:
            path = self._folder / f"{name}.log"
            self._files[name] = RotatingFileHandler(
                path, maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8", errors="replace"
            )
        return self._files[name]


def _record(name: str, text: str) -> logging.LogRecord:
    return logging.LogRecord(name, logging.INFO, "", 0, "%s", (text,), None)
