"""The site is looked over now and then, so that the menu counts what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from hotline.services.first_hour.findings import look
from hotline.services.job import Job, Jobs, Parts

#: It writes, and so takes the turn of whoever writes calls: not often.
_SECONDS = 3600


def _all(parts: Parts) -> Iterator[Job]:
    if parts.look_over is not None:
        yield Job("look_over", _SECONDS, partial(_look, parts))


def _look(parts: Parts, now: datetime) -> None:
    if parts.look_over is not None:
        look(parts.storage, parts.look_over, now)


JOBS = Jobs(_all)
