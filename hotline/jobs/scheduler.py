"""The scheduler, which runs in one process of the whole system: the one that holds the lease.

Jobs stand in code and are kept in memory: a job store shared by several processes fires twice and loses jobs. The
lease says who schedules; the claimed slot of each run (`job.run_in_slot`) makes sure even while a lease changes hands.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from hotline.domain.errors import StorageError
from hotline.domain.time import Clock
from hotline.jobs.candidate import LeaseCandidate
from hotline.jobs.job import run_in_slot
from hotline.services.job import Job
from hotline.storage.leases import LeaseStore
from hotline.storage.transaction import Storage

log = logging.getLogger(__name__)

RENEW_SECONDS = 5.0
#: A run that comes late by more than this is left out; the next slot's comes anyway.
GRACE_SECONDS = 120
#: Jobs are few and short; one that waits for Asterisk must not keep back the others.
THREADS = 4

#: Runs of a job that may wait for a thread, or give way to one that lasts (`_Alone`), before it is a warning: so many
#: mean that no thread comes free. Of one that lasts APScheduler would warn at each slot, every 15 s with discs.
WAITING = 100

#: A claim of a run begun further ahead than this was made before the clock was set back. (Machines' clocks differ.)
AHEAD = timedelta(seconds=60)

#: Slots are counted from here, in every process alike.
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def schedule_while_leading(
    storage: Storage, jobs: Sequence[Job], holder: str, clock: Clock, stop: threading.Event
) -> None:
    """Stand for the lease, and run the jobs while it is held, until `stop` is set; runs in hand are finished, and the
    lease is given back at the end. A clock that is set back or on holds no job back for more than a minute."""
    candidate = LeaseCandidate(storage, holder, clock)
    running: BackgroundScheduler | None = None
    try:
        while not stop.is_set():
            leads = candidate.leads()
            if leads and running is None:
                log.info("this process (%s) runs the jobs", holder)
                running = _started(storage, jobs, clock)
            elif not leads and running is not None:
                log.warning("the lease is lost; another process runs the jobs")
                _stop(running)
                running = None
            elif running is not None:
                _follow_the_clock(running, storage, jobs, clock())
            stop.wait(RENEW_SECONDS)
    finally:
        if running is not None:
            _stop(running)
            candidate.resign()


def _started(storage: Storage, jobs: Sequence[Job], clock: Clock) -> BackgroundScheduler:
    defaults = {"coalesce": True, "misfire_grace_time": GRACE_SECONDS, "max_instances": WAITING}
    executors = {"default": ThreadPoolExecutor(THREADS)}
    scheduler = BackgroundScheduler(timezone=UTC, job_defaults=defaults, executors=executors)
    for job in jobs:
        trigger = IntervalTrigger(seconds=job.seconds, start_date=_EPOCH, timezone=UTC)
        scheduler.add_job(_Alone(storage, job, clock), trigger, id=job.name, name=job.name, next_run_time=clock())
    scheduler.start()
    return scheduler


class _Alone:
    """A job's runs, one at a time: one that would begin while another lasts is left out, and its slot stays free for
    whoever is free."""

    def __init__(self, storage: Storage, job: Job, clock: Clock) -> None:
        self._storage, self._job, self._clock = storage, job, clock
        self._running = threading.Lock()

    def __call__(self) -> None:
        if not self._running.acquire(blocking=False):
            log.debug("job %s still runs", self._job.name)
            return
        try:
            run_in_slot(self._storage, self._job, self._clock)
        finally:
            self._running.release()


def _follow_the_clock(scheduler: BackgroundScheduler, storage: Storage, jobs: Sequence[Job], now: datetime) -> None:
    """The scheduler waits until a time of day, however often that moves: bring forward what a clock that was set back
    has put off, and let it look again at what a clock that was set on has made due."""
    for job in jobs:
        waiting = scheduler.get_job(job.name)
        if waiting is not None and waiting.next_run_time > now + timedelta(seconds=job.seconds):
            log.warning("the clock was set back: job %s runs now", job.name)
            waiting.modify(next_run_time=now)
    try:
        with storage.reading() as tx:
            ahead = LeaseStore(tx).has_claims_after(now + AHEAD)
        if ahead:
            with storage.writing() as tx:
                LeaseStore(tx).forget_claims_after(now + AHEAD)
    except StorageError as error:
        log.warning("claims of slots to come could not be looked for: %s", error)
    scheduler.wakeup()


def _stop(scheduler: BackgroundScheduler) -> None:
    scheduler.shutdown(wait=True)
