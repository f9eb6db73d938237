"""Two clicks at once, each of which has read before either writes, as far as anybody lets them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest

from hotline.domain.errors import HotlineError


def two_at_once(
    monkeypatch: pytest.MonkeyPatch, store: type, read: str, click: Callable[[], object], done: str = "done"
) -> list[str]:
    """What came of both, sorted: `done`, or the code of the refusal. `read`: the method of the store by which each sees
    what is there; whoever is let in alone goes on alone after a second."""
    both, reads = Barrier(2), getattr(store, read)

    def read_with_the_other(*args: Any) -> object:
        found = reads(*args)
        with suppress(BrokenBarrierError):
            both.wait(1)
        return found

    def outcome(_click: int) -> str:
        try:
            click()
        except HotlineError as error:
            return error.code
        return done

    with monkeypatch.context() as patched, ThreadPoolExecutor(2) as clicks:
        patched.setattr(store, read, read_with_the_other)
        return sorted(clicks.map(outcome, range(2)))
