"""What jobs do for settings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from hotline.domain.reasons import Reason
from hotline.services.job import Job, Jobs, Parts
from hotline.services.settings.notices import notice


def _all(parts: Parts) -> Iterator[Job]:
    def noticed(now: datetime) -> Reason | None:
        return notice(parts.storage, parts.in_force.layers, now)

    yield Job("settings", 30, noticed)


JOBS = Jobs(_all)
