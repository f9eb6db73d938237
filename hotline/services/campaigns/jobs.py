"""What is done for campaigns on time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from hotline.services.campaigns.planning import draw_monthly_sample, plan_campaigns
from hotline.services.job import Job, Jobs, Parts


def _all(parts: Parts) -> Iterator[Job]:
    yield Job("campaigns", 300, partial(_campaigns, parts))


JOBS = Jobs(_all)


def _campaigns(parts: Parts, now: datetime) -> str:
    drawn = draw_monthly_sample(parts.storage, parts.settings, now)
    planned = plan_campaigns(parts.storage, parts.settings, now)
    told = [f"{drawn.name} drawn"] if drawn is not None else []
    return ", ".join([*told, f"{planned} visits of campaigns planned"] if planned else told)
