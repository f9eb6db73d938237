"""What is done for adherence on time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from hotline.domain.reasons import Reason, so_many
from hotline.services.adherence.watching import find_missed_starts
from hotline.services.job import Job, Jobs, Parts


def _all(parts: Parts) -> Iterator[Job]:
    yield Job("adherence", 60, partial(_find, parts))


def _find(parts: Parts, now: datetime) -> Reason | None:
    found = find_missed_starts(parts.storage, parts.settings, now)
    return so_many("adherence.found", found)


JOBS = Jobs(_all)
