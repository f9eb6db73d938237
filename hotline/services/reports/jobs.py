"""What keeps the figures up with the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from hotline.domain.reasons import Reason, so_many
from hotline.services.job import Job, Jobs, Parts
from hotline.services.reports.facts import follow, make_late_days, sum_up_stale
from hotline.services.reports.view_making import ViewKeeper


def _all(parts: Parts) -> Iterator[Job]:
    yield Job("report_facts", 15, partial(_follow, parts))
    yield Job("report_days", 300, partial(_sum_up, parts))
    yield Job("report_late_days", 86_400, partial(_late, parts))
    yield Job("report_views", 3600, partial(_views, parts, ViewKeeper()))


JOBS = Jobs(_all)


def _follow(parts: Parts, now: datetime) -> None:
    follow(parts.storage, parts.settings, now)


def _sum_up(parts: Parts, now: datetime) -> Reason | None:
    return so_many("reports.days_summed", sum_up_stale(parts.storage, parts.settings, now))


def _late(parts: Parts, now: datetime) -> None:
    make_late_days(parts.storage, parts.settings, now)


def _views(parts: Parts, keeper: ViewKeeper, _now: datetime) -> Reason | None:
    return so_many("reports.views_made", keeper.keep(parts.storage, parts.settings))
