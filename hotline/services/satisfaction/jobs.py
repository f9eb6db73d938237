"""What is done for ratings on time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from hotline.domain.reasons import Reason, so_many
from hotline.services.job import Job, Jobs, Parts
from hotline.services.satisfaction.following import open_for_low


def _all(parts: Parts) -> Iterator[Job]:
    yield Job("low_ratings", 60, partial(_low, parts))


JOBS = Jobs(_all)


def _low(parts: Parts, now: datetime) -> Reason | None:
    opened = open_for_low(parts.storage, parts.settings, now)
    return so_many("satisfaction.opened_for_low", opened)
