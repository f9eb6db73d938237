"""What is done for the notice board on time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from hotline.services.bulletins.reminding import remind
from hotline.services.job import Job, Jobs, Parts


def _all(parts: Parts) -> Iterator[Job]:
    yield Job("bulletins", 300, partial(_remind, parts))


def _remind(parts: Parts, now: datetime) -> str:
    told = remind(parts.storage, now) if parts.settings.bulletins.remind else 0
    return f"{told} reminded of postings" if told else ""


JOBS = Jobs(_all)
