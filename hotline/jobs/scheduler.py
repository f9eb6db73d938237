"""The scheduler, which runs in one process of the whole system: the one that holds the lease.

Jobs stand in code and are kept in memory: a job store shared by several processes fires twice and loses jobs. The
lease says who schedules; the claimed slot of each run (`job.run_in_slot`) makes sure even while a lease changes hands.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from hotline.domain.errors import StorageError
from hotline.domain.job_runs.outcome import LONG
from hotline.domain.time import Clock
from hotline.jobs.candidate import LeaseCandidate
from hotline.jobs.job import run_in_slot, run_now
from hotline.services.job import Job
from hotline.services.job_runs.book import JobBook
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
    running: _Running | None = None
    try:
        while not stop.is_set():
            leads = candidate.leads()
            if leads and running is None:
                log.info("this process (%s) runs the jobs", holder)
                running = _Running(storage, jobs, clock)
            elif not leads and running is not None:
                log.warning("the lease is lost; another process runs the jobs")
                running.stop()
                running = None
            elif running is not None:
                running.look()
            stop.wait(RENEW_SECONDS)
    finally:
        if running is not None:
            running.stop()
            candidate.resign()


class _Running:
    """The scheduler while this process leads, with its book of how each job ran."""

    def __init__(self, storage: Storage, jobs: Sequence[Job], clock: Clock) -> None:
        self._storage, self._jobs, self._clock = storage, jobs, clock
        self._book = JobBook(storage)
        self._alone = {job.name: _Alone(storage, job, clock, self._book) for job in jobs}
        self._book.begin({job.name: job.seconds for job in jobs}, clock())
        defaults = {"coalesce": True, "misfire_grace_time": GRACE_SECONDS, "max_instances": WAITING}
        executors = {"default": ThreadPoolExecutor(THREADS)}
        self._scheduler = BackgroundScheduler(timezone=UTC, job_defaults=defaults, executors=executors)
        for job in jobs:
            trigger = IntervalTrigger(seconds=job.seconds, start_date=_EPOCH, timezone=UTC)
            self._scheduler.add_job(self._alone[job.name], trigger, id=job.name, name=job.name, next_run_time=clock())
        self._scheduler.start()

    def look(self) -> None:
        """Follow the clock, tell of what lasts, and run what somebody wishes for."""
        now = self._clock()
        _follow_the_clock(self._scheduler, self._storage, self._jobs, now)
        for name, alone in self._alone.items():
            since = alone.since
            if since is not None and now - since > LONG:
                self._book.still_running(name, since)
        for name, by in self._book.wishes().items():
            if name in self._alone:
                self._scheduler.add_job(
                    self._alone[name].by_hand, args=(by,), id=f"{name} by hand", replace_existing=True
                )

    def stop(self) -> None:
        """Runs in hand are finished."""
        self._scheduler.shutdown(wait=True)
        self._book.end()


class _Alone:
    """A job's runs, one at a time: one that would begin while another lasts is left out, and its slot stays free for
    whoever is free. `since`: when the run that lasts has begun."""

    def __init__(self, storage: Storage, job: Job, clock: Clock, book: JobBook) -> None:
        self._storage, self._job, self._clock, self._book = storage, job, clock, book
        self._running = threading.Lock()
        self.since: datetime | None = None

    def __call__(self) -> None:
        if not self._running.acquire(blocking=False):
            log.debug("job %s still runs", self._job.name)
            return
        with self._begun():
            run_in_slot(self._storage, self._job, self._clock, self._book)

    def by_hand(self, by: str) -> None:
        """Whatever the slot, once the run that lasts is over."""
        self._running.acquire()
        with self._begun():
            try:
                run_now(self._storage, self._job, self._clock(), self._book, by)
            except StorageError as error:
                log.warning("job %s: %s", self._job.name, error)

    @contextmanager
    def _begun(self) -> Iterator[None]:
        try:
            self.since = self._clock()
            yield
        finally:
            self.since = None
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
