"""Only one `hotline up` a home: two would write the same files and fight for the same ports."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from hotline.domain.errors import HotlineError
from hotline.settings import Home


class AlreadyRunning(HotlineError):
    kind = "already_running"


@contextmanager
def only_one(home: Home) -> Iterator[None]:
    """Hold the home's lock. The system drops it however the process ends. Raises AlreadyRunning."""
    home.root.mkdir(parents=True, exist_ok=True)
    with open(home.root / "hotline.lock", "a+", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise AlreadyRunning("machine.runs_already", home=str(home.root), process=_pid(file)) from None
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield


def running_pid(home: Home) -> int | None:
    """The process that runs this home, or None."""
    try:
        with open(home.root / "hotline.lock", encoding="ascii") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except OSError:
                return int(_pid(file))
    except (FileNotFoundError, ValueError):
        return None
    return None


def _pid(file: TextIO) -> str:
    file.seek(0)
    return file.read().strip() or "unknown"
