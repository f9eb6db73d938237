"""What is done for our own people on time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from hotline.domain.reasons import Reason, so_many
from hotline.services.alerts import keep_alerts
from hotline.services.job import Job, Jobs, Parts
from hotline.services.staff.leaderless import leaderless
from hotline.services.staff.sync import needs_sync, sync_operators


def _all(parts: Parts) -> Iterator[Job]:
    yield Job("staff", 30, partial(_sync, parts))
    yield Job("leaders", 60, partial(_leaders, parts))


JOBS = Jobs(_all)


def _sync(parts: Parts, now: datetime) -> Reason | None:
    operators = parts.settings.operators
    with parts.storage.reading() as tx:
        if not needs_sync(tx, operators):
            return None
    with parts.storage.writing() as tx:
        changed = sync_operators(tx, operators, now)
    return so_many("staff.synced", changed)


def _leaders(parts: Parts, now: datetime) -> None:
    keep_alerts(parts.storage, lambda tx: leaderless(tx, now), now)
