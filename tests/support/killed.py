"""Work that is killed at a step of it, as by kill −9, in a process of its own."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any


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


def _deadly(real: Callable[..., Any], after: bool) -> Callable[..., Any]:
    def step(*args: Any, **kwargs: Any) -> Any:
        if after:
            real(*args, **kwargs)
        os._exit(9)

    return step
