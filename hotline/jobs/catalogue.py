"""Every job of this site: what features tell of in their own folders (`hotline.services.job`), and what keeps in order
what all of them use."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from hotline.discovery import gathered
from hotline.domain.reasons import Reason, so_many
from hotline.jobs.asterisk_log import keep_within_bounds
from hotline.services.accounts import sessions
from hotline.services.job import Job, Jobs, Parts
from hotline.storage.leases import LeaseStore
from hotline.storage.outbox import Outbox

#: Browsers that were away for longer read the page anew.
OUTBOX_KEPT = timedelta(days=1)
CLAIMS_KEPT = timedelta(days=1)


def catalogue(parts: Parts) -> tuple[Job, ...]:
    """All jobs of this site. What comes often stands first, and so waits for nothing long when a scheduler starts."""
    told = [job for each in gathered("hotline.services", "jobs", "JOBS", Jobs) for job in each.make(parts)]
    return tuple(sorted((*told, *_shared(parts)), key=lambda job: job.seconds))


def _shared(parts: Parts) -> Iterator[Job]:
    yield Job("trim", 3600, partial(_trim, parts))
    if parts.settings.asterisk.private:
        yield Job("asterisk_log", 10, partial(_asterisk_log, parts))


def _asterisk_log(parts: Parts, now: datetime) -> Reason | None:
    return keep_within_bounds(parts.home.asterisk / "log" / "messages", parts.pbx.rotate_log)


def _trim(parts: Parts, now: datetime) -> Reason | None:
    with parts.storage.writing() as tx:
        pushed = Outbox(tx).trim(now - OUTBOX_KEPT)
        LeaseStore(tx).forget_claims(now - CLAIMS_KEPT)
        sessions.forget_ended(tx, now)
    return so_many("machine.outbox_trimmed", pushed)
