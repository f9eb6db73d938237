"""Processes that are killed, as by kill −9: at a step of their work, or with all that they have begun."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from typing import Any

import psutil


def killed_at(place: Any, step: str, after: bool, work: Callable[[], object]) -> None:
    """Do `work` in a child of this process, which dies when it comes to `place`.`step` (or has done it, if `after`),
    with nothing cleaned up. Connections to databases must have been closed before. Fails if it never came there."""
    child = os.fork()
    if not child:
        try:
            setattr(place, step, _deadly(getattr(place, step), after))
            work()
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 9, "the step was never reached"


def kill_group(leader: int) -> None:
    """The leader and all that it has begun. Returns when none of what it began is there: each may hold a port that the
    next is to listen at."""
    begun = psutil.Process(leader).children(recursive=True)
    os.killpg(leader, signal.SIGKILL)
    _gone, alive = psutil.wait_procs(begun, timeout=20)
    assert not alive, alive


def _deadly(real: Callable[..., Any], after: bool) -> Callable[..., Any]:
    def step(*args: Any, **kwargs: Any) -> Any:
        if after:
            real(*args, **kwargs)
        os._exit(9)

    return step
