"""Runs the command line on another day: `python -m tests.support.at CLOCK_FILE COMMAND…`.

The file holds what the clock showed (ISO 8601) and at which moment of the machine's clock (epoch seconds); time runs
on from there. It is read at every look at the clock, so that a running process can be put onto another day.
"""

from __future__ import annotations

import os
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import hotline.domain.time

if TYPE_CHECKING:
    from flask import Flask

    from hotline.bootstrap import Hotline


def set_clock(file: Path, shown: datetime) -> Path:
    """Put every process that reads `file` to the moment `shown`; gives the file."""
    draft = file.with_suffix(".new")
    draft.write_text(f"{shown.isoformat()} {time.time()}", "ascii")
    os.replace(draft, file)
    return file


def clock_of(file: Path) -> hotline.domain.time.Clock:
    """The clock that `file` tells; the machine's own while the file is empty."""

    def now() -> datetime:
        text = file.read_text("ascii")
        if not text:
            return datetime.now(UTC)
        shown, set_at = text.split()
        return datetime.fromisoformat(shown).astimezone(UTC) + timedelta(seconds=time.time() - float(set_at))

    return now


def take_over() -> None:
    """What of ours is loaded from now on goes by the clock whose file the command line names first, and so do the
    processes that it starts."""
    # Before anything imports it: the clock is handed in by the composition root's default.
    hotline.domain.time.system_clock = _named_clock
    from hotline.cli.kit import started

    started.command_of = lambda *arguments: [sys.executable, "-m", "tests.support.at", sys.argv[1], *arguments]


def _named_clock() -> datetime:
    return clock_of(Path(sys.argv[1]))()


def share() -> None:
    """The pages that this process makes from now on find what others of the run have made of the templates."""
    from hotline.bootstrap import web
    from tests.support.compiled_templates import share_templates

    make = web.make_app

    def make_app(of: Hotline) -> Flask:
        app = make(of)
        share_templates(app)
        return app

    setattr(web, make.__name__, make_app)


def run() -> None:
    """Does not return."""
    from hotline.cli import main

    main(sys.argv[2:], prog_name="hotline")


if __name__ == "__main__":
    take_over()
    if sys.argv[2] == "web":
        share()
    run()
