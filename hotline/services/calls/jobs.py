"""What is done for the ledger on time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial

from hotline.domain.reasons import Reason, so_many
from hotline.services.job import Job, Jobs, Parts
from hotline.storage.calls.checkpoints import CheckpointStore


def _all(parts: Parts) -> Iterator[Job]:
    if parts.trim_cel_database:
        yield Job("black_box", 3600, partial(_trim_cel_database, parts, parts.trim_cel_database))


JOBS = Jobs(_all)


def _trim_cel_database(parts: Parts, trim: Callable[[datetime], int], now: datetime) -> Reason | None:
    """What does not yet stand in the ledger stays, however old."""
    with parts.storage.reading() as tx:
        checkpoint = CheckpointStore(tx).get(parts.settings.site.node)
    if checkpoint is None:
        return None
    rows = trim(min(checkpoint, now - timedelta(days=parts.settings.retention.black_box_days)))
    return so_many("calls.black_box_trimmed", rows)
