"""The scheduler's book: how each job ran. Quiet runs are written once a minute, since some come every few seconds and
calls are written under the same lock."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Lock
from time import monotonic

from hotline.domain.errors import StorageError
from hotline.domain.job_runs.outcome import JobOutcome
from hotline.domain.reasons import because
from hotline.storage.job_runs.store import JobRunStore
from hotline.storage.transaction import Storage

log = logging.getLogger(__name__)

#: A month's history, and some days more.
KEPT = timedelta(days=35)


class JobBook:
    """Threads share it. `patience`: seconds for which quiet runs may wait to be written."""

    def __init__(self, storage: Storage, patience: float = 60) -> None:
        self._storage, self._patience = storage, patience
        self._lock = Lock()
        self._quiet: dict[str, tuple[float, JobOutcome]] = {}
        self._running: dict[str, JobOutcome] = {}

    def keep(self, outcome: JobOutcome) -> None:
        """One run is over. What cannot be written is left out: the job itself was run."""
        with self._lock:
            shown = self._running.pop(outcome.job, None)
            since, before = self._quiet.pop(outcome.job, (monotonic(), None))
            joined = before.joined(outcome) if before else None
            told = [before] if before and joined is None else []
            newest = replace(joined or outcome, id=shown.id if shown else 0)
            since = since if joined else monotonic()
            if newest.is_quiet and shown is None and monotonic() - since < self._patience:
                self._quiet[outcome.job] = (since, newest)
            else:
                told.append(newest)
        self._write(told)

    def still_running(self, job: str, since: datetime) -> None:
        """It lasts: shown from now on as running."""
        with self._lock:
            if job in self._running:
                return
            self._running[job] = JobOutcome(job, since, None)
        written = self._write([JobOutcome(job, since, None)])
        with self._lock:
            if written and job in self._running:
                self._running[job] = written[0]

    def begin(self, jobs: dict[str, int], now: datetime) -> None:
        """A scheduler starts: which jobs it has; what another left running has died with it."""
        try:
            with self._storage.writing() as tx:
                store = JobRunStore(tx)
                store.know(jobs)
                store.end_running(now, because("machine.job_died"))
                store.forget_before(now - KEPT)
        except StorageError as error:
            log.warning("which jobs there are could not be written: %s", error)

    def end(self) -> None:
        """Write what waits."""
        with self._lock:
            waiting = [outcome for _since, outcome in self._quiet.values()]
            self._quiet.clear()
        self._write(waiting)

    def wishes(self) -> dict[str, str]:
        """Which jobs somebody wants to be run now, and who; each is told once."""
        try:
            with self._storage.reading() as tx:
                wished = JobRunStore(tx).wishes()
            if not wished:
                return {}
            with self._storage.writing() as tx:
                return {job: by for job, by in wished.items() if JobRunStore(tx).fulfil(job)}
        except StorageError as error:
            log.warning("wishes for jobs could not be looked for: %s", error)
            return {}

    def _write(self, outcomes: list[JobOutcome]) -> list[JobOutcome]:
        if not outcomes:
            return []
        try:
            with self._storage.writing() as tx:
                return [JobRunStore(tx).keep(outcome) for outcome in outcomes]
        except StorageError as error:
            log.warning("how jobs ran could not be written: %s", error)
            return []
