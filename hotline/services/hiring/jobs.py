"""Whoever leaves at a moment, or in a call, leaves when it is time; whoever is let in no more takes no call."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from hotline.domain.reasons import Reason, because, several
from hotline.services.exchange import Exchange
from hotline.services.hiring.leaving import finish_due
from hotline.services.hiring.shut_out import sign_out_those_shut_out
from hotline.services.job import Job, Jobs, Parts


def _all(parts: Parts) -> Iterator[Job]:
    yield Job("leaving", 5, partial(_leaving, parts))


JOBS = Jobs(_all)


def _leaving(parts: Parts, now: datetime) -> Reason | None:
    gone = finish_due(Exchange(parts.in_force, parts.secrets, parts.pbx, parts.pbx_files), now)
    out = sign_out_those_shut_out(parts.storage, parts.pbx, now)
    return several(
        because("hiring.have_left", operators=gone) if gone else None,
        because("hiring.signed_out", places=out) if out else None,
    )
