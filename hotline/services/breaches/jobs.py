"""The register keeps a breach for its term."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from hotline.domain.reasons import Reason, so_many
from hotline.services.job import Job, Jobs, Parts
from hotline.storage.breaches.store import BreachStore


def _all(parts: Parts) -> Iterator[Job]:
    yield Job("breaches", 86_400, partial(_forget, parts))


def _forget(parts: Parts, now: datetime) -> Reason | None:
    """What happened longer ago than [breaches] kept_days goes; months that were closed keep their figures."""
    before = now - timedelta(days=parts.settings.breaches.kept_days)
    with parts.storage.writing() as tx:
        gone = BreachStore(tx).forget(before)
    return so_many("breaches.forgotten", gone)


JOBS = Jobs(_all)
