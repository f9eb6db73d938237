"""What is measured again on time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from hotline.domain.reasons import Reason, so_many
from hotline.services.job import Job, Jobs, Parts
from hotline.services.quality.complaints import measure_late


def _all(parts: Parts) -> Iterator[Job]:
    yield Job("late_complaints", 60, partial(_late_complaints, parts))


JOBS = Jobs(_all)


def _late_complaints(parts: Parts, now: datetime) -> Reason | None:
    measured = measure_late(parts.storage, parts.in_force, now)
    return so_many("quality.measured_anew", measured)
