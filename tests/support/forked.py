"""Processes of ours that are forked from one in which the program has been loaded: loading it costs each two to three
seconds of processor time, and the tests begin hundreds of them."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from multiprocessing.process import BaseProcess
from pathlib import Path

from hotline.settings.home import TREE
from tests.support import at

#: What can be begun so.
COMMANDS = frozenset({"ivr", "jobs", "listener", "web", "worker"})
#: The file of a clock that is not set: the machine's own.
MACHINES_CLOCK = Path(os.devnull)

_LOADED = "tests.support.loaded"


class Forked:
    """As `subprocess.Popen`. It leads a group and a session of its own."""

    def __init__(self, process: BaseProcess) -> None:
        self._process = process

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        """Raises subprocess.TimeoutExpired."""
        self._process.join(timeout)
        code = self.poll()
        if code is None:
            raise subprocess.TimeoutExpired(self._process.name, timeout or 0)
        return code

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self._process.terminate()

    def kill(self) -> None:
        self._process.kill()


def begin(
    command: str, environment: Mapping[str, str], clock_file: Path = MACHINES_CLOCK, log: Path | None = None
) -> Forked:
    """`hotline COMMAND` by the clock that is set in the file; what it prints is added to the log, or printed here."""
    server = multiprocessing.get_context("forkserver")
    server.set_forkserver_preload([_LOADED])
    process = server.Process(
        target=_become, args=([str(clock_file), command], dict(environment), log), name=f"hotline {command}"
    )
    process.start()
    return Forked(process)


def _become(words: list[str], environment: dict[str, str], log: Path | None) -> None:
    assert _LOADED in sys.modules, f"{_LOADED} could not be loaded: import it by itself to see why"
    os.setsid()
    os.chdir(TREE)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    if log is not None:
        with log.open("ab") as kept:
            os.dup2(kept.fileno(), sys.stdout.fileno())
            os.dup2(kept.fileno(), sys.stderr.fileno())
    sys.argv[1:] = words
    at.run()
