"""One scheduler in the whole system, each slot once."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hotline.domain.time import system_clock
from hotline.jobs import scheduler
from hotline.jobs.job import Job, run_in_slot, run_now
from hotline.jobs.scheduler import schedule_while_leading
from hotline.services.errors import StorageError
from hotline.storage.unit_of_work import SqlStorage
from tests.support.rows import MORNING, a_storage


@pytest.fixture
def storage(tmp_path: Path) -> SqlStorage:
    return a_storage(tmp_path)


def a_job(ran: list[datetime], name: str = "job", seconds: int = 30) -> Job:
    def run(now: datetime) -> str:
        ran.append(now)
        return ""

    return Job(name, seconds, run)


def test_a_slot_runs_once_however_many_try(storage: SqlStorage) -> None:
    ran: list[datetime] = []
    job = a_job(ran)
    moments = [MORNING + timedelta(seconds=s) for s in (0, 1, 29, 30, 31, 95)]
    done = [run_in_slot(storage, job, lambda at=at: at) for at in moments]
    assert done == [True, False, False, True, False, True]
    assert ran == [moments[0], moments[3], moments[5]]


def test_a_job_that_fails_is_an_alert_until_it_succeeds_again(storage: SqlStorage) -> None:
    broken = True

    def run(_now: datetime) -> str:
        if broken:
            raise RuntimeError("it broke")
        return "done"

    job = Job("roster_gaps", 30, run)
    assert not run_in_slot(storage, job, lambda: MORNING)
    with storage.reading() as work:
        (alert,) = work.alerts.open()
    assert (alert.kind, alert.object, alert.detail) == ("job", "roster_gaps", "the job failed: RuntimeError: it broke")
    broken = False
    assert run_now(storage, job, MORNING)
    with storage.reading() as work:
        assert work.alerts.open() == []


def test_a_database_that_is_away_is_said_and_the_scheduler_lives_on(
    storage: SqlStorage, caplog: pytest.LogCaptureFixture
) -> None:
    def run(_now: datetime) -> str:
        raise StorageError("the database is away")

    with caplog.at_level(logging.WARNING):
        assert not run_in_slot(storage, Job("trim", 30, run), lambda: MORNING)
    assert "job trim: the database is away" in caplog.text


class Standing:
    """A scheduler of this process, standing for the lease."""

    def __init__(self, storage: SqlStorage, holder: str) -> None:
        self.ran: list[datetime] = []
        self.stop = threading.Event()
        jobs = [a_job(self.ran, seconds=1)]
        args = (storage, jobs, holder, system_clock, self.stop)
        self.thread = threading.Thread(target=schedule_while_leading, args=args)
        self.thread.start()

    def end(self) -> None:
        self.stop.set()
        self.thread.join(20)
        assert not self.thread.is_alive()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(scheduler, "RENEW_SECONDS", 0.1)
    monkeypatch.setattr(scheduler, "LEASE_SECONDS", 2)
    yield


def until(condition: object, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def test_one_of_two_schedules_and_the_other_takes_over_at_once_when_it_ends(storage: SqlStorage, quick: None) -> None:
    one = Standing(storage, "one")
    until(lambda: one.ran)
    two = Standing(storage, "two")
    until(lambda: len(one.ran) >= 2)
    assert two.ran == []
    one.end()
    until(lambda: two.ran)
    two.end()
    slots = [int(moment.timestamp()) for moment in one.ran + two.ran]
    assert len(set(slots)) == len(slots)


def test_a_killed_scheduler_is_replaced_when_its_lease_ends(storage: SqlStorage, tmp_path: Path, quick: None) -> None:
    storage.close()
    child = os.fork()
    if not child:
        try:
            Standing(a_storage(tmp_path), "child").thread.join()
        finally:
            os._exit(1)
    try:
        until(lambda: not _free(storage))
        heir = Standing(storage, "heir")
        assert heir.ran == []
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    until(lambda: heir.ran)
    heir.end()


def _free(storage: SqlStorage) -> bool:
    """Whether nobody holds the lease."""
    with storage.writing() as work:
        free = work.leases.acquire(scheduler.LEASE, "test", datetime.now(UTC), 1)
        work.leases.release(scheduler.LEASE, "test")
        return free


def test_a_leader_that_loses_its_lease_stops_scheduling(storage: SqlStorage, quick: None) -> None:
    leader = Standing(storage, "one")
    until(lambda: leader.ran)
    with storage.writing() as work:
        work.leases.release(scheduler.LEASE, "one")
        work.leases.acquire(scheduler.LEASE, "another", datetime.now(UTC), 3600)
    # Its renewals fail from now on; once it has stopped, several slots pass without a run.
    until(lambda: not [t for t in threading.enumerate() if t.name == "APScheduler"])
    before = len(leader.ran)
    leader.stop.wait(1.5)
    assert len(leader.ran) == before
    leader.end()
