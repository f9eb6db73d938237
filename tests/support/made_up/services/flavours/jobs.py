"""What is done for flavours on time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from hotline.domain.reasons import Reason, because
from hotline.services.job import Job, Jobs, Parts


def _all(parts: Parts) -> Iterator[Job]:
    yield Job("flavours", 3600, _taste)


def _taste(now: datetime) -> Reason:
    return because("flavours.tasted")


JOBS = Jobs(_all)
