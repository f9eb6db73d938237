"""What is done for callbacks on time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from hotline.services.callbacks.deadlines import set_overdue_alert
from hotline.services.callbacks.releasing import release_left
from hotline.services.job import Job, Jobs, Parts
from hotline.storage.callbacks.tries import CallbackTryStore


def _all(parts: Parts) -> Iterator[Job]:
    yield Job("callbacks", 60, partial(_callbacks, parts))


JOBS = Jobs(_all)


def _callbacks(parts: Parts, now: datetime) -> str:
    released = release_left(parts.storage, parts.settings, now)
    with parts.storage.writing() as tx:
        set_overdue_alert(tx, now)
        CallbackTryStore(tx).rank_anew()
    return f"{released} handed back" if released else ""
