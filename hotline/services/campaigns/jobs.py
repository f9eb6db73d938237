"""What is done for campaigns on time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from hotline.domain.reasons import Reason, because, several, so_many
from hotline.services.campaigns.planning import draw_monthly_sample, plan_campaigns
from hotline.services.job import Job, Jobs, Parts


def _all(parts: Parts) -> Iterator[Job]:
    yield Job("campaigns", 300, partial(_campaigns, parts))


JOBS = Jobs(_all)


def _campaigns(parts: Parts, now: datetime) -> Reason | None:
    drawn = draw_monthly_sample(parts.storage, parts.settings, now)
    planned = plan_campaigns(parts.storage, parts.settings, now)
    said = because("campaigns.drawn", campaign=drawn.name) if drawn is not None else None
    return several(said, so_many("campaigns.planned", planned))
