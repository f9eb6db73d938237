"""What is done for the notice board on time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from hotline.domain.reasons import Reason, so_many
from hotline.services.bulletins.reminding import remind
from hotline.services.job import Job, Jobs, Parts


def _all(parts: Parts) -> Iterator[Job]:
    yield Job("bulletins", 300, partial(_remind, parts))


def _remind(parts: Parts, now: datetime) -> Reason | None:
    told = remind(parts.storage, now) if parts.settings.bulletins.remind else 0
    return so_many("bulletins.reminded", told)


JOBS = Jobs(_all)
