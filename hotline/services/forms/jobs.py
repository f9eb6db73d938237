"""What is done for log forms on time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from hotline.domain.reasons import Reason, so_many
from hotline.services.forms import overdue
from hotline.services.job import Job, Jobs, Parts


def _all(parts: Parts) -> Iterator[Job]:
    yield Job("records", 60, partial(_records, parts))
    yield Job("duty_links", 60, partial(_duty_links, parts))


JOBS = Jobs(_all)


def _records(parts: Parts, now: datetime) -> None:
    overdue.watch(parts.storage, now)


def _duty_links(parts: Parts, now: datetime) -> Reason | None:
    sent = overdue.send_duty_links(parts.storage, parts.settings, parts.notices, now)
    return so_many("forms.duty_links_sent", sent)
