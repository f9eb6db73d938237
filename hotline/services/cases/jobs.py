"""What is done for cases on time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from hotline.services.cases.escalating import escalate_cases
from hotline.services.job import Job, Jobs, Parts


def _all(parts: Parts) -> Iterator[Job]:
    yield Job("cases", 60, partial(_cases, parts))


JOBS = Jobs(_all)


def _cases(parts: Parts, now: datetime) -> str:
    went = escalate_cases(parts.storage, parts.settings, now)
    return f"{went} cases went up" if went else ""
