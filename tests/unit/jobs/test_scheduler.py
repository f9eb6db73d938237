"""One scheduler in the whole system, each slot once."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

import apscheduler.executors.base
import apscheduler.schedulers.base
import pytest

from hotline.domain.errors import StorageError
from hotline.domain.time import Clock, system_clock
from hotline.jobs import candidate, scheduler
from hotline.jobs.candidate import LeaseCandidate
from hotline.jobs.job import run_in_slot, run_now
from hotline.jobs.scheduler import schedule_while_leading
from hotline.services.alerts import reason_of
from hotline.services.job import Job
from hotline.storage.alerts import AlertStore
from hotline.storage.leases import LeaseStore
from hotline.storage.transaction import Storage
from tests.support.rows import MORNING, a_storage
from tests.support.words import english


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return a_storage(tmp_path)


def a_job(ran: list[datetime], name: str = "job", seconds: int = 30) -> Job:
    def run(now: datetime) -> None:
        ran.append(now)

    return Job(name, seconds, run)


def test_a_slot_runs_once_however_many_try(storage: Storage) -> None:
    ran: list[datetime] = []
    job = a_job(ran)
    moments = [MORNING + timedelta(seconds=s) for s in (0, 1, 29, 30, 31, 95)]
    done = [run_in_slot(storage, job, lambda at=at: at) for at in moments]  # type: ignore[misc]
    assert done == [True, False, False, True, False, True]
    assert ran == [moments[0], moments[3], moments[5]]


def test_a_job_that_fails_is_an_alert_until_it_succeeds_again(storage: Storage) -> None:
    broken = True

    def run(_now: datetime) -> None:
        if broken:
            raise RuntimeError("it broke")

    job = Job("roster_gaps", 30, run)
    assert not run_in_slot(storage, job, lambda: MORNING)
    with storage.reading() as tx:
        (alert,) = AlertStore(tx).open()
    assert (alert.kind, alert.object) == ("job", "roster_gaps")
    assert "RuntimeError: it broke" in english(reason_of(alert))
    broken = False
    assert run_now(storage, job, MORNING)
    with storage.reading() as tx:
        assert AlertStore(tx).open() == []


def test_a_failure_by_hand_is_over_with_the_next_run_that_succeeds(storage: Storage) -> None:
    """Whether an alert stands is asked with the slot, whoever raised it."""
    broken = True

    def run(_now: datetime) -> None:
        if broken:
            raise RuntimeError("it broke")

    job = Job("roster_gaps", 30, run)
    assert not run_now(storage, job, MORNING, asked_by="admin")
    broken = False
    assert run_in_slot(storage, job, lambda: MORNING)
    with storage.reading() as tx:
        assert AlertStore(tx).open() == []


def test_a_database_that_is_away_is_said_and_the_scheduler_lives_on(
    storage: Storage, caplog: pytest.LogCaptureFixture
) -> None:
    def run(_now: datetime) -> None:
        raise StorageError("the database is away")

    with caplog.at_level(logging.WARNING):
        assert not run_in_slot(storage, Job("trim", 30, run), lambda: MORNING)
    assert "job trim: the database is away" in caplog.text


class Standing:
    """A scheduler of this process, standing for the lease."""

    def __init__(self, storage: Storage, holder: str, clock: Clock = system_clock, seconds: int = 1) -> None:
        self.ran: list[datetime] = []
        self.stop = threading.Event()
        jobs = [a_job(self.ran, seconds=seconds)]
        args = (storage, jobs, holder, clock, self.stop)
        self.thread = threading.Thread(target=schedule_while_leading, args=args, daemon=True)
        self.thread.start()

    def end(self) -> None:
        self.stop.set()
        self.thread.join(20)
        assert not self.thread.is_alive()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduler, "RENEW_SECONDS", 0.1)
    monkeypatch.setattr(candidate, "LEASE_SECONDS", 2)


def until(condition: object, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def test_one_of_two_schedules_and_the_other_takes_over_at_once_when_it_ends(storage: Storage, quick: None) -> None:
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


def test_a_killed_scheduler_is_replaced_when_its_lease_ends(storage: Storage, tmp_path: Path, quick: None) -> None:
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


def _free(storage: Storage) -> bool:
    """Whether nobody holds the lease."""
    with storage.writing() as tx:
        free = LeaseStore(tx).acquire(candidate.LEASE, "test", datetime.now(UTC), 1)
        LeaseStore(tx).release(candidate.LEASE, "test")
        return free


def test_a_leader_that_loses_its_lease_stops_scheduling(
    storage: Storage, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candidate, "LEASE_SECONDS", 3600)
    leader = Standing(storage, "one")
    until(lambda: leader.ran)
    with storage.writing() as tx:
        LeaseStore(tx).release(candidate.LEASE, "one")
        LeaseStore(tx).acquire(candidate.LEASE, "another", datetime.now(UTC), 3600)
    # Its renewals fail from now on; once it has stopped, several slots pass without a run.
    until(lambda: not [t for t in threading.enumerate() if t.name == "APScheduler"])
    before = len(leader.ran)
    leader.stop.wait(1.5)
    assert len(leader.ran) == before
    leader.end()


EIGHT_HOURS = timedelta(hours=8)


@dataclass
class SetClock:
    """A wall clock that can be set, as ours and as APScheduler's."""

    ahead: timedelta = timedelta()

    def __call__(self) -> datetime:
        return system_clock() + self.ahead


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    clock = SetClock()

    class Shifted(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return clock().astimezone(tz)

    monkeypatch.setattr(apscheduler.schedulers.base, "datetime", Shifted)
    monkeypatch.setattr(apscheduler.executors.base, "datetime", Shifted)
    return clock


@pytest.mark.parametrize(
    ("before", "after"), [(EIGHT_HOURS, timedelta()), (timedelta(), EIGHT_HOURS), (timedelta(), -EIGHT_HOURS)]
)
def test_jobs_go_on_when_the_clock_is_set(
    storage: Storage, quick: None, wall: SetClock, before: timedelta, after: timedelta
) -> None:
    """A hardware clock that keeps local time puts a machine in China eight hours ahead until it is set right."""
    wall.ahead = before
    one = Standing(storage, "one", wall)
    until(lambda: len(one.ran) >= 2)
    ran = len(one.ran)
    wall.ahead = after
    until(lambda: len(one.ran) >= ran + 2)
    one.end()


def test_a_job_of_an_hour_is_due_when_the_clock_is_set_on(storage: Storage, quick: None, wall: SetClock) -> None:
    one = Standing(storage, "one", wall, seconds=3600)
    until(lambda: len(one.ran) == 1)
    wall.ahead = timedelta(hours=1)
    until(lambda: len(one.ran) == 2)
    one.end()


def test_slots_that_ran_before_the_clock_was_set_back_run_again(
    storage: Storage, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The job has run in the slots of the next ten minutes already, by the clock's first passing."""
    monkeypatch.setattr(scheduler, "AHEAD", timedelta(seconds=1))
    now = system_clock()
    with storage.writing() as tx:
        for second in range(600):
            at = now + timedelta(seconds=second)
            assert LeaseStore(tx).claim("job", str(int(at.timestamp())), at)
    one = Standing(storage, "one")
    until(lambda: len(one.ran) >= 3)
    one.end()


@dataclass
class Ticks:
    """A monotonic clock."""

    at: float = 0.0

    def __call__(self) -> float:
        return self.at


def test_a_dead_schedulers_lease_is_taken_over_though_the_clock_was_set_back(storage: Storage) -> None:
    dead = LeaseCandidate(storage, "dead", lambda: MORNING + EIGHT_HOURS)
    assert dead.leads()
    ticks = Ticks()
    heir = LeaseCandidate(storage, "heir", lambda: MORNING, ticks)
    assert not heir.leads()
    ticks.at = candidate.LEASE_SECONDS - 0.1
    assert not heir.leads()
    ticks.at = float(candidate.LEASE_SECONDS)
    assert heir.leads()
    assert not LeaseCandidate(storage, "dead", lambda: MORNING).leads(), "and now it is the heir's"


def test_a_lease_that_is_renewed_is_not_taken_over(storage: Storage) -> None:
    alive_at, ticks = MORNING + EIGHT_HOURS, Ticks()
    heir = LeaseCandidate(storage, "heir", lambda: MORNING, ticks)
    for second in range(0, 120, 5):
        now = alive_at + timedelta(seconds=second)
        assert LeaseCandidate(storage, "alive", lambda now=now: now).leads()  # type: ignore[misc]
        ticks.at = float(second)
        assert not heir.leads()


def test_a_job_that_lasts_is_neither_run_twice_nor_warned_of(
    storage: Storage, caplog: pytest.LogCaptureFixture
) -> None:
    """As while discs are written: the job comes every second here and lasts for three of its slots."""
    begun: list[datetime] = []
    others: list[datetime] = []
    go_on, stop = threading.Event(), threading.Event()

    def run(now: datetime) -> None:
        begun.append(now)
        assert go_on.wait(30)

    jobs = (Job("discs", 1, run), a_job(others, "other", 1))
    with caplog.at_level(logging.WARNING):
        standing = threading.Thread(target=schedule_while_leading, args=(storage, jobs, "one", system_clock, stop))
        standing.start()
        until(lambda: len(others) >= 4)
        assert len(begun) == 1
        go_on.set()
        until(lambda: len(begun) >= 2)
        stop.set()
        standing.join(30)
    assert [record.getMessage() for record in caplog.records if record.name.startswith("apscheduler")] == []
