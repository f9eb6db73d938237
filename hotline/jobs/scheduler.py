"""The scheduler, which runs in one process of the whole system: the one that holds the lease.

Jobs stand in code and are kept in memory: a job store shared by several processes fires twice and loses jobs. The
lease says who schedules; the claimed slot of each run (`job.run_in_slot`) makes sure even while a lease changes hands.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from datetime import UTC, datetime

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from hotline.domain.time import Clock
from hotline.jobs.job import Job, run_in_slot
from hotline.services.errors import StorageError
from hotline.services.ports import Storage

log = logging.getLogger(__name__)

LEASE = "scheduler"
#: A scheduler that died is replaced after so long.
LEASE_SECONDS = 30
RENEW_SECONDS = 5.0
#: A run that comes late by more than this is left out; the next slot's comes anyway.
GRACE_SECONDS = 120
#: Jobs are few and short; one that waits for Asterisk must not keep back the others.
THREADS = 4

#: Slots are counted from here, in every process alike.
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def schedule_while_leading(
    storage: Storage, jobs: Sequence[Job], holder: str, clock: Clock, stop: threading.Event
) -> None:
    """Stand for the lease, and run the jobs while it is held, until `stop` is set; runs in hand are finished, and the
    lease is given back at the end."""
    running: BackgroundScheduler | None = None
    try:
        while not stop.is_set():
            leads = _acquire(storage, holder, clock)
            if leads and running is None:
                log.info("this process (%s) runs the jobs", holder)
                running = _started(storage, jobs, clock)
            elif not leads and running is not None:
                log.warning("the lease is lost; another process runs the jobs")
                running = _stopped(running)
            stop.wait(RENEW_SECONDS)
    finally:
        if running is not None:
            _stopped(running)
            _release(storage, holder)


def _started(storage: Storage, jobs: Sequence[Job], clock: Clock) -> BackgroundScheduler:
    defaults = {"coalesce": True, "misfire_grace_time": GRACE_SECONDS, "max_instances": 1}
    executors = {"default": ThreadPoolExecutor(THREADS)}
    scheduler = BackgroundScheduler(timezone=UTC, job_defaults=defaults, executors=executors)
    for job in jobs:
        trigger = IntervalTrigger(seconds=job.seconds, start_date=_EPOCH, timezone=UTC)
        at_once = datetime.now(UTC)
        scheduler.add_job(run_in_slot, trigger, (storage, job, clock), id=job.name, next_run_time=at_once)
    scheduler.start()
    return scheduler


def _stopped(scheduler: BackgroundScheduler) -> None:
    scheduler.shutdown(wait=True)


def _acquire(storage: Storage, holder: str, clock: Clock) -> bool:
    """Without the database nobody leads: no run could claim its slot."""
    try:
        with storage.writing() as work:
            return work.leases.acquire(LEASE, holder, clock(), LEASE_SECONDS)
    except StorageError as error:
        log.warning("the lease could not be renewed: %s", error)
        return False


def _release(storage: Storage, holder: str) -> None:
    try:
        with storage.writing() as work:
            work.leases.release(LEASE, holder)
    except StorageError as error:
        log.warning("the lease could not be given back, it ends by itself: %s", error)
