"""What is done for log forms on time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from hotline.services.forms import overdue
from hotline.services.job import Job, Jobs, Parts


def _all(parts: Parts) -> Iterator[Job]:
    yield Job("records", 60, partial(_records, parts))
    yield Job("duty_links", 60, partial(_duty_links, parts))


JOBS = Jobs(_all)


def _records(parts: Parts, now: datetime) -> str:
    overdue.watch(parts.storage, now)
    return ""


def _duty_links(parts: Parts, now: datetime) -> str:
    sent = overdue.send_duty_links(parts.storage, parts.settings, parts.notices, now)
    return f"{sent} links to records sent" if sent else ""
