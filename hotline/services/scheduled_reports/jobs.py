"""What is done for reports on time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from hotline.services.job import Job, Jobs, Parts
from hotline.services.scheduled_reports.making import make_due
from hotline.services.scheduled_reports.undelivered import watch


def _all(parts: Parts) -> Iterator[Job]:
    yield Job("reports", 60, partial(_make, parts))


def _make(parts: Parts, now: datetime) -> str:
    made = make_due(parts.storage, parts.settings, now)
    watch(parts.storage, now)
    return f"{made} reports made" if made else ""


JOBS = Jobs(_all)
