"""What is done for projects on time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from hotline.domain.reasons import Reason, so_many
from hotline.services.job import Job, Jobs, Parts
from hotline.services.projects.rounds import plan_rounds, settle_rounds


def _all(parts: Parts) -> Iterator[Job]:
    yield Job("projects", 600, partial(_projects, parts))


JOBS = Jobs(_all)


def _projects(parts: Parts, now: datetime) -> Reason | None:
    settle_rounds(parts.storage, now)
    planned = plan_rounds(parts.storage, parts.settings, now)
    return so_many("projects.rounds_planned", planned)
