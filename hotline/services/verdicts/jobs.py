"""Subjects are judged on time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from hotline.domain.reasons import Reason, so_many
from hotline.services.job import Job, Jobs, Parts
from hotline.services.verdicts.judging import judge_new


def _all(parts: Parts) -> Iterator[Job]:
    yield Job("verdicts", 60, partial(_judge, parts))


JOBS = Jobs(_all)


def _judge(parts: Parts, now: datetime) -> Reason | None:
    written = judge_new(parts.storage, parts.in_force, now)
    return so_many("verdicts.made", written)
