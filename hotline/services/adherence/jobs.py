"""What is done for adherence on time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from hotline.services.adherence.watching import find_missed_starts
from hotline.services.job import Job, Jobs, Parts


def _all(parts: Parts) -> Iterator[Job]:
    yield Job("adherence", 60, partial(_find, parts))


def _find(parts: Parts, now: datetime) -> str:
    found = find_missed_starts(parts.storage, parts.settings, now)
    return f"{found} late starts or empty shifts found" if found else ""


JOBS = Jobs(_all)
