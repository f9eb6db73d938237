"""What is done for shifts by the clock: swaps that nobody decided lapse (F6)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from hotline.domain.reasons import Reason, so_many
from hotline.services.job import Job, Jobs, Parts
from hotline.services.shifts.swaps import lapse_swaps


def _all(parts: Parts) -> Iterator[Job]:
    yield Job("lapse_swaps", 60, partial(_lapse, parts))


def _lapse(parts: Parts, now: datetime) -> Reason | None:
    count = lapse_swaps(parts.storage, now)
    return so_many("shifts.lapsed", count)


JOBS = Jobs(_all)
