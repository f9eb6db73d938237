"""What is done for reports on time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from hotline.domain.reasons import Reason, so_many
from hotline.services.job import Job, Jobs, Parts
from hotline.services.scheduled_reports.making import make_due
from hotline.services.scheduled_reports.undelivered import watch


def _all(parts: Parts) -> Iterator[Job]:
    yield Job("reports", 60, partial(_make, parts))


def _make(parts: Parts, now: datetime) -> Reason | None:
    made = make_due(parts.storage, parts.settings, now)
    watch(parts.storage, now)
    return so_many("scheduled_reports.made", made)


JOBS = Jobs(_all)
