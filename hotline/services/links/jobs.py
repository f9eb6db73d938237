"""What is done for links on time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from hotline.domain.reasons import Reason, so_many
from hotline.services.job import Job, Jobs, Parts
from hotline.services.links import links


def _all(parts: Parts) -> Iterator[Job]:
    yield Job("links", 600, partial(_links, parts))


JOBS = Jobs(_all)


def _links(parts: Parts, now: datetime) -> Reason | None:
    gone = links.watch(parts.storage, parts.settings, now)
    return so_many("links.deleted", gone)
