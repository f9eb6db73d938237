"""What is done for visits on time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from hotline.domain.reasons import Reason, so_many
from hotline.services.alerts import keep_alerts
from hotline.services.job import Job, Jobs, Parts
from hotline.services.visits.again import ask_again
from hotline.services.visits.assigning import assign_waiting
from hotline.services.visits.deadlines import overdue_alert
from hotline.services.visits.missing import plan_missing


def _all(parts: Parts) -> Iterator[Job]:
    yield Job("visits", 60, partial(_visits, parts))
    yield Job("visits_again", 3600, partial(_again, parts))


JOBS = Jobs(_all)


def _again(parts: Parts, now: datetime) -> Reason | None:
    planned = ask_again(parts.storage, parts.settings, now)
    return so_many("visits.asked_again", planned)


def _visits(parts: Parts, now: datetime) -> Reason | None:
    plan_missing(parts.storage, parts.settings, now)
    found = assign_waiting(parts.storage, parts.settings, now)
    keep_alerts(parts.storage, lambda tx: [overdue_alert(tx, now)], now)
    return so_many("visits.assigned", found)
