"""What is done for deadlines on time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from hotline.domain.reasons import Reason, because
from hotline.services.deadlines.recompute import recompute
from hotline.services.deadlines.sweep import sweep
from hotline.services.job import Job, Jobs, Parts


def _all(parts: Parts) -> Iterator[Job]:
    yield Job("deadlines", 60, partial(_deadlines, parts))


JOBS = Jobs(_all)


def _deadlines(parts: Parts, now: datetime) -> Reason | None:
    """Moved first, if the calendar or a setting is another: what is not over any more is not told as over."""
    settings = parts.settings
    moved = len(recompute(parts.storage, settings, now).moved)
    swept = sweep(parts.storage, settings, now)
    if not (moved or swept.warned or swept.breached):
        return None
    return because("deadlines.swept", moved=moved, near=swept.warned, over=swept.breached)
