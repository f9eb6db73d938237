"""Memory, open files and threads of every process after a thousand calls, beside those after twenty.

The calls are those of the benchmark `calls`, at a moderate rate. Asterisk keeps most of the memory of its busiest
moment, so what grows with the number of calls shows in the second half of them. Files and threads of a busy moment
are given back: that is waited for, for a while.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil

from scripts.benchmarks._centre import Ours
from scripts.benchmarks._result import Result

WARM_CALLS, CALLS, RATE = 20, 1000, 12

#: Asterisk ends the threads of a busy moment when they have had nothing to do for so long.
REST_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Held:
    """What a process holds; memory is the resident set."""

    megabytes: float
    files: int
    threads: int


def run(say: Callable[[str], None]) -> Iterator[Result]:
    with tempfile.TemporaryDirectory(prefix="hotline-bench-") as folder:
        ours = Ours(Path(folder) / "ours")
        try:
            ours.start()
            _call(ours, WARM_CALLS)
            before = _held(ours.processes())
            say(f"  after {WARM_CALLS} calls: {sum(each.megabytes for each in before.values()):.0f} MB")
            _call(ours, CALLS // 2)
            halfway = _held(ours.processes())
            _call(ours, CALLS - CALLS // 2)
            after = _at_rest(ours, before)
            say(f"  after {CALLS} more: {sum(each.megabytes for each in after.values()):.0f} MB")
        finally:
            ours.stop()
    for name, now in after.items():
        then = before[name]
        late = now.megabytes - halfway[name].megabytes
        notes = f"{now.megabytes - then.megabytes:+.1f} MB in {CALLS} calls, {late:+.1f} MB of it in their second half"
        reference = f"after {WARM_CALLS} calls"
        yield Result("memory", f"{name}: resident", now.megabytes, then.megabytes, reference, "MB", notes)
        yield Result("memory", f"{name}: open files", now.files, then.files, reference, "files")
        yield Result("memory", f"{name}: threads", now.threads, then.threads, reference, "threads")


def _call(ours: Ours, calls: int) -> None:
    before = ours.kept()
    outcome = ours.traffic.call(calls, RATE)
    if outcome.failed or ours.settle(before + calls) is None:
        raise RuntimeError(f"{outcome.failed} of {calls} calls failed, {ours.kept() - before} were recorded")


def _at_rest(ours: Ours, before: Mapping[str, Held]) -> dict[str, Held]:
    """Once no process holds more files or threads than before, or REST_SECONDS have passed."""
    deadline = time.monotonic() + REST_SECONDS
    while True:
        now = _held(ours.processes())
        more = any(now[name].files > before[name].files or now[name].threads > before[name].threads for name in now)
        if not more or time.monotonic() > deadline:
            return now
        time.sleep(1)


def _held(processes: Mapping[str, psutil.Process]) -> dict[str, Held]:
    return {name: _one(process) for name, process in processes.items()}


def _one(process: psutil.Process) -> Held:
    with process.oneshot():
        return Held(process.memory_info().rss / 1e6, process.num_fds(), process.num_threads())
