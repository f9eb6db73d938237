"""What is done for attachments on time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from hotline.domain.reasons import Reason, so_many
from hotline.services.attachments import attachments
from hotline.services.job import Job, Jobs, Parts


def _all(parts: Parts) -> Iterator[Job]:
    yield Job("attachments", 60, partial(_sweep, parts))


JOBS = Jobs(_all)


def _sweep(parts: Parts, now: datetime) -> Reason | None:
    gone = attachments.sweep(parts.storage, parts.files(), parts.home, now)
    return so_many("attachments.swept", gone)
