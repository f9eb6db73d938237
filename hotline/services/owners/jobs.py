"""Whose customers new ones are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from hotline.domain.reasons import Reason, so_many
from hotline.services.job import Job, Jobs, Parts
from hotline.services.owners.owners import share_out_new


def _all(parts: Parts) -> Iterator[Job]:
    yield Job("owners", 300, partial(_owners, parts))


JOBS = Jobs(_all)


def _owners(parts: Parts, now: datetime) -> Reason | None:
    shared = share_out_new(parts.storage, parts.settings, now)
    return so_many("owners.shared_out", shared)
