"""The appraisal looks for what is overdue."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from hotline.services.appraisal.overdue import watch
from hotline.services.job import Job, Jobs, Parts


def _all(parts: Parts) -> Iterator[Job]:
    yield Job("appraisal", 600, partial(_watch, parts))


def _watch(parts: Parts, now: datetime) -> None:
    watch(parts.storage, parts.settings, now)


JOBS = Jobs(_all)
