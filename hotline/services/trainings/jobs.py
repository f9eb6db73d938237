"""What is done for trainings on time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from hotline.services.job import Job, Jobs, Parts
from hotline.services.trainings.running_out import tell_running_out


def _all(parts: Parts) -> Iterator[Job]:
    yield Job("trainings", 3600, partial(_tell, parts))


def _tell(parts: Parts, now: datetime) -> str:
    told = tell_running_out(parts.storage, parts.settings, now)
    return f"{told} told of trainings that run out" if told else ""


JOBS = Jobs(_all)
