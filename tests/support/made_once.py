"""What is the same for every process of a run of the tests, and is made by the first that needs it."""

from __future__ import annotations

import atexit
import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

#: Names the run's folder to the processes that a run is split into. `scripts/test` sets it for all of its parts.
FOLDER = "HOTLINE_TESTS_MADE"


def begin() -> None:
    """Give this run a folder, which goes with this process, unless it has been given one."""
    if FOLDER not in os.environ:
        folder = os.environ[FOLDER] = tempfile.mkdtemp(prefix="hotline-tests-made-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)


def made_once(name: str, make: Callable[[Path], object]) -> Path:
    """The file or folder of this name, which `make` puts where it is told. Nobody may change it: it is copied."""
    begin()
    made = Path(os.environ[FOLDER]) / name
    with Path(f"{made}.lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            draft = made.with_name(f"{name}.draft")
            make(draft)
            draft.rename(made)
    return made
