"""A job's runs: at most one a slot in the whole system; a failing run does not stop the scheduler."""

from __future__ import annotations

import logging
from datetime import datetime

from hotline.domain.errors import StorageError
from hotline.domain.reasons import because, broken
from hotline.domain.time import Clock
from hotline.services.alerts import JOB, keep_alerts
from hotline.services.job import Job
from hotline.storage.leases import LeaseStore
from hotline.storage.transaction import Storage

log = logging.getLogger(__name__)


def run_in_slot(storage: Storage, job: Job, clock: Clock) -> bool:
    """Run the job unless its slot has been claimed already. False when it was not run, or failed.

    A failure is logged, and an alert until the job succeeds again.
    """
    now = clock()
    try:
        with storage.writing() as tx:
            if not LeaseStore(tx).claim(job.name, job.slot(now), now):
                return False
        return run_now(storage, job, now)
    except StorageError as error:
        log.warning("job %s: %s", job.name, error)
        return False


def run_now(storage: Storage, job: Job, now: datetime) -> bool:
    """Run the job whatever the slot. False when it failed. Raises StorageError when the database is away."""
    trouble = None
    try:
        done = job.run(now)
        if done:
            log.info("job %s: %s", job.name, done)
    except StorageError:
        raise
    except Exception as error:  # the other jobs must go on; this one is told of and comes again
        log.exception("job %s failed", job.name)
        trouble = because("machine.job_fails", why=broken(error))
    keep_alerts(storage, lambda _tx: [(JOB, job.name, trouble)], now)
    return trouble is None
