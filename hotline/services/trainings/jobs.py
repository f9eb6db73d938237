"""What is done for trainings on time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from hotline.domain.reasons import Reason, so_many
from hotline.services.job import Job, Jobs, Parts
from hotline.services.trainings.running_out import tell_running_out


def _all(parts: Parts) -> Iterator[Job]:
    yield Job("trainings", 3600, partial(_tell, parts))


def _tell(parts: Parts, now: datetime) -> Reason | None:
    told = tell_running_out(parts.storage, parts.settings, now)
    return so_many("trainings.told", told)


JOBS = Jobs(_all)
