"""A job's runs: at most one a slot in the whole system; a failing run does not stop the scheduler."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from time import monotonic

from hotline.domain.errors import StorageError
from hotline.domain.job_runs.outcome import JobOutcome, within_bounds
from hotline.domain.reasons import Reason, because, broken
from hotline.domain.time import Clock
from hotline.services.alerts import JOB, keep_alerts
from hotline.services.job import Job
from hotline.services.job_runs.book import JobBook
from hotline.storage.alerts import AlertStore
from hotline.storage.leases import LeaseStore
from hotline.storage.transaction import Storage

log = logging.getLogger(__name__)


def run_in_slot(storage: Storage, job: Job, clock: Clock, book: JobBook | None = None) -> bool:
    """Run the job unless its slot has been claimed already. False when it was not run, or failed.

    A failure is logged, and an alert until the job succeeds again.
    """
    now = clock()
    try:
        with storage.writing() as tx:
            if not LeaseStore(tx).claim(job.name, job.slot(now), now):
                return False
            told = AlertStore(tx).open_one(JOB, job.name) is not None
        return run_now(storage, job, now, book, told=told)
    except StorageError as error:
        log.warning("job %s: %s", job.name, error)
        return False


def run_now(
    storage: Storage, job: Job, now: datetime, book: JobBook | None = None, asked_by: str = "", told: bool = True
) -> bool:
    """Run the job whatever the slot, and write down how it went. False when it failed. Raises StorageError when the
    database is away. `asked_by`: who has it run by hand. `told`: an alert may stand that it failed."""
    trouble: Reason | None = None
    done: Reason | None = None
    began = monotonic()
    try:
        done = job.run(now)
        if done:
            log.info("job %s: %s", job.name, done)
    except StorageError:
        raise
    except Exception as error:  # the other jobs must go on; this one is told of and comes again
        log.exception("job %s failed", job.name)
        trouble = because("machine.job_fails", why=broken(error))
    took = monotonic() - began
    if trouble or told:
        keep_alerts(storage, lambda _tx: [(JOB, job.name, trouble)], now)
    said, ended = within_bounds(done) if done else None, now + timedelta(seconds=took)
    (book or JobBook(storage, patience=0)).keep(
        JobOutcome(job.name, now, ended, 1, int(took * 1000), said, trouble, asked_by)
    )
    return trouble is None
