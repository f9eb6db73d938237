"""What is done for our own people on time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from hotline.services.job import Job, Jobs, Parts
from hotline.services.staff.sync import needs_sync, sync_operators


def _all(parts: Parts) -> Iterator[Job]:
    yield Job("staff", 30, partial(_sync, parts))


JOBS = Jobs(_all)


def _sync(parts: Parts, now: datetime) -> str:
    operators = parts.settings.operators
    with parts.storage.reading() as tx:
        if not needs_sync(tx, operators):
            return ""
    with parts.storage.writing() as tx:
        changed = sync_operators(tx, operators, now)
    return f"{changed} extensions are somebody else's now" if changed else ""
