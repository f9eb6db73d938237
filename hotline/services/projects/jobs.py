"""What is done for projects on time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from hotline.services.job import Job, Jobs, Parts
from hotline.services.projects.rounds import plan_rounds, settle_rounds


def _all(parts: Parts) -> Iterator[Job]:
    yield Job("projects", 600, partial(_projects, parts))


JOBS = Jobs(_all)


def _projects(parts: Parts, now: datetime) -> str:
    settle_rounds(parts.storage, now)
    planned = plan_rounds(parts.storage, parts.settings, now)
    return f"{planned} rounds of projects planned" if planned else ""
