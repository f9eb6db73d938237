"""One process: started in its own process group, its output read line by line, ended with all it started."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import os
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence

from hotline.settings.home import TREE

#: A line longer than this is cut in pieces: no program of ours writes such, and memory stays bounded.
LONGEST_LINE = 1 << 16

#: How often it is looked whether a process has ended. (asyncio's own wait also waits for inherited pipes.)
POLL_SECONDS = 0.1

PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True)


class Child:
    """A running process. `on_line` is called with each line it writes, in the event loop's thread."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], on_line: Callable[[str], None]) -> None:
        """Start it, from the main thread (see `_tie_to`). Raises OSError when it can't be started."""
        reading, writing = os.pipe()
        try:
            self._process = subprocess.Popen(
                command,
                env=environment,
                cwd=TREE,
                stdin=subprocess.DEVNULL,
                stdout=writing,
                stderr=writing,
                start_new_session=True,
                preexec_fn=_tie_to(os.getpid()),  # noqa: PLW1509 - calls prctl alone
            )
        except OSError:
            os.close(reading)
            raise
        finally:
            os.close(writing)
        self._reader = asyncio.ensure_future(_read_lines(reading, on_line))

    @property
    def pid(self) -> int:
        return self._process.pid

    async def ended(self) -> int:
        """Wait for its end and sweep up what it left running; gives the exit code, negative for a signal."""
        while (code := self._process.poll()) is None:
            await asyncio.sleep(POLL_SECONDS)
        self.kill()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._reader, 1)
        return code

    def terminate(self) -> None:
        """Ask it to end; it ends its own children."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it and everything in its process group at once."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)


def _tie_to(parent: int) -> Callable[[], None]:
    """What runs in the new process before its program: it is to get SIGTERM when we die, even by kill -9.

    The kernel sends it when the *thread* that started the process ends, hence the main thread.
    """

    def tie() -> None:
        _LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # we died before the line above
            os._exit(1)

    return tie


async def _read_lines(descriptor: int, on_line: Callable[[str], None]) -> None:
    """Hand on each line until the pipe is closed by all who hold it."""
    reader = asyncio.StreamReader()
    with os.fdopen(descriptor, "rb", buffering=0) as pipe:
        transport, _ = await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), pipe
        )
        try:
            rest = b""
            while data := await reader.read(LONGEST_LINE):
                *lines, rest = (rest + data).split(b"\n")
                if len(rest) > LONGEST_LINE:
                    lines, rest = [*lines, rest], b""
                for line in lines:
                    on_line(line.decode("utf-8", "replace").rstrip("\r"))
            if rest:
                on_line(rest.decode("utf-8", "replace"))
        finally:
            transport.close()
