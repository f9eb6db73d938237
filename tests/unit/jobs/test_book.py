"""How the jobs ran is written down, quiet runs as one, what lasts as running, what died as dead; one is run by hand."""

from __future__ import annotations

import logging
import threading
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.bootstrap.jobs import make_jobs
from hotline.domain.errors import Conflict, Forbidden, NotFound
from hotline.domain.job_runs.outcome import JobOutcome, is_stuck, next_run
from hotline.domain.people import Actor, Role
from hotline.domain.reasons import Reason, because
from hotline.domain.time import system_clock
from hotline.jobs.job import run_now
from hotline.jobs.scheduler import schedule_while_leading
from hotline.services.job import Job
from hotline.services.job_runs import job_runs
from hotline.services.job_runs.book import KEPT, JobBook
from hotline.storage.job_runs.store import JobRunStore
from hotline.storage.transaction import Storage
from hotline.web.job_runs.words import JOBS
from tests.support.instance import an_instance
from tests.support.rows import MORNING

ADMIN = Actor("chen", (Role.ADMINISTRATOR,), "陈工")
SECOND = timedelta(seconds=1)
SENT = because("sms.sent", n=3)


def quiet(at: datetime, ms: int = 3) -> JobOutcome:
    return JobOutcome("sms", at, at + timedelta(milliseconds=ms), slowest_ms=ms)


def kept(storage: Storage, job: str = "sms") -> list[JobOutcome]:
    with storage.reading() as tx:
        return JobRunStore(tx).of(job, 100)


@pytest.fixture
def book(storage: Storage) -> JobBook:
    """That writes at once."""
    return JobBook(storage, patience=0)


def test_quiet_runs_of_an_hour_are_one(book: JobBook, storage: Storage) -> None:
    hour = MORNING.replace(minute=0, second=0, microsecond=0)
    for minutes, ms in ((1, 5), (2, 70), (59, 6), (61, 8)):
        book.keep(quiet(hour + timedelta(minutes=minutes), ms))
    later, earlier = kept(storage)
    assert (earlier.runs, earlier.slowest_ms) == (3, 70)
    assert (later.runs, later.slowest_ms) == (1, 8)


def test_what_did_something_or_failed_stands_alone(book: JobBook, storage: Storage) -> None:
    book.keep(quiet(MORNING))
    book.keep(JobOutcome("sms", MORNING + SECOND, MORNING + SECOND, said=SENT))
    book.keep(JobOutcome("sms", MORNING + 2 * SECOND, MORNING + 2 * SECOND, problem=because("machine.job_died")))
    book.keep(quiet(MORNING + 3 * SECOND))
    assert [each.said or each.problem for each in kept(storage)] == [None, because("machine.job_died"), SENT, None]


def test_quiet_runs_wait_to_be_written_and_none_is_lost(storage: Storage) -> None:
    patient = JobBook(storage, patience=3600)
    for number in range(50):
        patient.keep(quiet(MORNING + number * SECOND))
    assert kept(storage) == []
    patient.keep(JobOutcome("sms", MORNING + timedelta(minutes=1), MORNING + timedelta(minutes=1), said=SENT))
    assert [each.runs for each in kept(storage)] == [1, 50]
    patient.keep(quiet(MORNING + timedelta(minutes=2)))
    patient.end()
    assert [each.runs for each in kept(storage)] == [1, 1, 50]


def test_what_lasts_is_shown_and_ends(book: JobBook, storage: Storage) -> None:
    book.begin({"sms": 15}, MORNING)
    book.still_running("sms", MORNING)
    book.still_running("sms", MORNING)
    [running] = kept(storage)
    assert running.ended_at is None
    [seen] = job_runs.look(storage, ADMIN, MORNING + timedelta(hours=1), noted=False)
    assert seen.runs and seen.stuck
    book.keep(JobOutcome("sms", MORNING, MORNING + timedelta(hours=2), slowest_ms=7_200_000))
    [ended] = kept(storage)
    assert ended.ended_at == MORNING + timedelta(hours=2)


def test_what_died_is_told_when_the_next_scheduler_starts(book: JobBook, storage: Storage) -> None:
    book.still_running("sms", MORNING)
    JobBook(storage).begin({"sms": 15}, MORNING + timedelta(minutes=5))
    [died] = kept(storage)
    assert died.problem == because("machine.job_died") and died.ended_at == MORNING + timedelta(minutes=5)
    JobBook(storage).begin({"sms": 15}, MORNING + KEPT + timedelta(hours=1))
    assert kept(storage) == []


@given(st.integers(1, 86_400), st.integers(0, 10**9))
def test_the_next_run_is_the_next_slot(seconds: int, after: int) -> None:
    now = MORNING + timedelta(seconds=after)
    found = next_run(seconds, now)
    job = Job("x", seconds, lambda _now: None)
    assert now < found <= now + timedelta(seconds=seconds) and job.slot(found) != job.slot(now)


def test_stuck_is_judged_by_its_interval() -> None:
    assert not is_stuck(MORNING, 15, MORNING + timedelta(minutes=30))
    assert is_stuck(MORNING, 15, MORNING + timedelta(minutes=31))
    assert not is_stuck(MORNING, 3600, MORNING + timedelta(hours=9))


def test_somebody_has_it_run_now(storage: Storage) -> None:
    ran = threading.Event()

    def run(now: datetime) -> Reason:
        ran.set()
        return SENT

    with storage.writing() as tx:
        JobRunStore(tx).know({"sms": 86_400})
    job_runs.run_now(storage, "sms", ADMIN, MORNING)
    with pytest.raises(Conflict):
        job_runs.run_now(storage, "sms", ADMIN, MORNING)
    with pytest.raises(NotFound):
        job_runs.run_now(storage, "no such job", ADMIN, MORNING)
    with pytest.raises(Forbidden):
        job_runs.run_now(storage, "sms", Actor("li", (Role.SUPERVISOR,), ""), MORNING)
    book = JobBook(storage)
    assert book.wishes() == {"sms": "chen"} and book.wishes() == {}
    assert run_now(storage, Job("sms", 86_400, run), MORNING, book, "chen")
    [outcome] = kept(storage)
    assert (outcome.asked_by, outcome.said) == ("chen", SENT) and ran.is_set()


def test_the_scheduler_takes_wishes_and_tells_its_jobs(storage: Storage) -> None:
    runs = threading.Semaphore(0)

    def run(now: datetime) -> Reason:
        runs.release()
        return SENT

    stop = threading.Event()
    job = Job("sms", 86_400, run)
    leading = threading.Thread(
        target=schedule_while_leading, args=(storage, [job], "test", system_clock, stop), daemon=True
    )
    leading.start()
    try:
        assert runs.acquire(timeout=60), "it runs when a scheduler starts"
        job_runs.run_now(storage, "sms", ADMIN, MORNING)
        assert runs.acquire(timeout=60), "and when somebody wishes for it, though its slot is used"
    finally:
        stop.set()
        leading.join()
    assert [each.asked_by for each in kept(storage)] == ["chen", ""]


def test_every_job_has_words(tmp_path: Path) -> None:
    names = {job.name for job in make_jobs(an_instance(tmp_path, MORNING))}
    assert names <= set(JOBS), "hotline/web/job_runs/words.py lacks some"
    assert set(JOBS) - names <= {"visit_links", "duty_links"}, "jobs that are no more"


def test_what_a_job_did_stands_in_the_log_and_is_kept_within_bounds(
    storage: Storage, caplog: pytest.LogCaptureFixture
) -> None:
    done = because("operators.levels_brought", places=[f"service {n}" for n in range(1000, 1100)])
    with caplog.at_level(logging.INFO):
        assert run_now(storage, Job("queue_levels", 4, lambda _now: done), MORNING)
        assert run_now(storage, Job("sms", 15, lambda _now: SENT), MORNING)
    assert "job sms: sms.sent n=3" in caplog.text and "'service 1099'" in caplog.text
    [outcome] = kept(storage, "queue_levels")
    assert outcome.said and len(str(outcome.said)) < 500
