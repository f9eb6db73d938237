"""What people see of the jobs, and the job that they want to be run now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hotline.domain.errors import Conflict, NotFound
from hotline.domain.job_runs.outcome import JobOutcome, is_stuck, next_run
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.services.access import require_right
from hotline.services.looks import note_look
from hotline.storage.audit import AuditLog
from hotline.storage.job_runs.store import JobRunStore
from hotline.storage.transaction import Storage


@dataclass(frozen=True, slots=True)
class SeenJob:
    """`seconds`: it comes every so many. `wished`: somebody wants it now, and the scheduler has not taken it yet."""

    name: str
    seconds: int
    latest: JobOutcome | None
    next_at: datetime
    wished: bool
    stuck: bool

    @property
    def runs(self) -> bool:
        return self.latest is not None and self.latest.ended_at is None


@dataclass(frozen=True, slots=True)
class History:
    name: str
    seconds: int
    outcomes: list[JobOutcome]
    count: int


def look(storage: Storage, actor: Actor, now: datetime, noted: bool) -> list[SeenJob]:
    """In the order of their names, those that failed or are stuck first. Raises Forbidden."""
    require_right(Act.SEE_JOBS, actor)
    with storage.reading() as tx:
        store = JobRunStore(tx)
        known, latest, wishes = store.known(), store.latest(), store.wishes()
    if noted:
        note_look(storage, actor, now, "jobs.view", "jobs")
    seen = [_seen(name, seconds, latest.get(name), name in wishes, now) for name, seconds in known.items()]
    return sorted(seen, key=lambda each: (not each.stuck, not (each.latest and each.latest.problem), each.name))


def history(storage: Storage, name: str, actor: Actor, limit: int, offset: int) -> History:
    """Raises Forbidden, NotFound."""
    require_right(Act.SEE_JOBS, actor)
    with storage.reading() as tx:
        store = JobRunStore(tx)
        seconds = store.known().get(name)
        if seconds is None:
            raise NotFound("machine.unknown_job", job=name[:60])
        return History(name, seconds, store.of(name, limit, offset), store.count(name))


def run_now(storage: Storage, name: str, actor: Actor, now: datetime) -> None:
    """The scheduler takes it within seconds. Raises Forbidden, NotFound, Conflict when it is wished for already."""
    require_right(Act.RUN_JOBS, actor)
    with storage.writing() as tx:
        store = JobRunStore(tx)
        if name not in store.known():
            raise NotFound("machine.unknown_job", job=name[:60])
        if not store.wish(name, actor.name, now):
            raise Conflict("machine.job_wished")
        AuditLog(tx).add(now, actor.name, "job.run", f"job:{name}")


def _seen(name: str, seconds: int, latest: JobOutcome | None, wished: bool, now: datetime) -> SeenJob:
    runs = latest is not None and latest.ended_at is None
    stuck = latest is not None and runs and is_stuck(latest.started_at, seconds, now)
    return SeenJob(name, seconds, latest, next_run(seconds, now), wished, stuck)
