"""Backups on time, and what people asked for on the page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from hotline.domain.reasons import Reason
from hotline.services.backups.place import Place
from hotline.services.backups.working import work
from hotline.services.job import Job, Jobs, Parts


def _all(parts: Parts) -> Iterator[Job]:
    yield Job("backups", 15, partial(_backups, parts))


JOBS = Jobs(_all)


def _backups(parts: Parts, now: datetime) -> Reason | None:
    place = Place(parts.home, parts.storage, parts.in_force, parts.secrets)
    return work(place, parts.clock)
