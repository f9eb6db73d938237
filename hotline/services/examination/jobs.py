"""What is done for examinations on time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from hotline.domain.reasons import Reason, because
from hotline.services.examination import corrective_actions, samples
from hotline.services.job import Job, Jobs, Parts


def _all(parts: Parts) -> Iterator[Job]:
    yield Job("examinations", 600, partial(_examinations, parts))


JOBS = Jobs(_all)


def _examinations(parts: Parts, now: datetime) -> Reason | None:
    """E6: the week before is drawn once; orders that are overdue are told of."""
    corrective_actions.watch_orders(parts.storage, now)
    done = samples.draw_last_week(parts.storage, parts.settings, now)
    return because("examination.drawn", n=len(done.draw.drawn), week=done.draw.period) if done else None
