"""E2: discs that a supervisor asks for on the page are written by the job."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from hotline.bootstrap.jobs import make_jobs
from hotline.domain.errors import Conflict, Forbidden, NotFound, Refused
from hotline.domain.people import Actor, Role
from hotline.domain.reasons import Reason, because
from hotline.domain.retention.archive import Disc, Medium, ToArchive, WantedDiscs, WantedState
from hotline.services.retention import discs_by_hand
from hotline.storage.retention.wanted_discs import WantedDiscsStore
from tests.support.rows import MORNING
from tests.unit.recordings.test_archive import Archive

LATER = MORNING + timedelta(days=30)
LI = Actor("li", (Role.SUPERVISOR,), "李主管")


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path)


def ask(archive: Archive, actor: Actor = LI) -> WantedDiscs:
    return discs_by_hand.ask_for_discs(archive.hotline.storage, LATER, Medium.CD, actor, LATER)


def run_job(archive: Archive) -> Reason | None:
    [job] = [job for job in make_jobs(archive.hotline) if job.name == "discs"]
    return job.run(LATER)


def latest(archive: Archive) -> WantedDiscs:
    with archive.hotline.storage.reading() as tx:
        [found] = WantedDiscsStore(tx).latest(1)
    return found


def test_the_job_writes_what_was_asked_for_and_says_what_came_of_it(archive: Archive) -> None:
    archive.keep("1.1")
    assert run_job(archive) is None
    ask(archive)
    with pytest.raises(Conflict, match=r"^retention.discs_being_written"):
        ask(archive)
    assert latest(archive).state is WantedState.WAITS
    assert run_job(archive) == because("retention.discs_written", discs=1, left_out=0)
    done = latest(archive)
    assert (done.state, done.discs, done.percent) == (WantedState.DONE, 1, 100)
    image = discs_by_hand.image_to_fetch(archive.hotline.storage, "HL00001_20260311", LI, LATER)
    assert image.parent == archive.hotline.home.archive and archive.faults(image) == {}
    assert ("archive.ask", "discs") in archive.audit() and ("archive.fetch", "disc:HL00001_20260311") in archive.audit()
    with pytest.raises(Refused, match=r"^retention.nothing_to_archive count=0"):
        ask(archive)


def test_a_recording_that_is_gone_is_left_out_and_counted(archive: Archive) -> None:
    for linkedid in ("1.1", "2.2"):
        archive.keep(linkedid)
    (archive.hotline.home.recordings / archive.site.row("1.1").path).unlink()
    ask(archive)
    assert run_job(archive) == because("retention.discs_written", discs=1, left_out=1)
    assert latest(archive).state is WantedState.DONE and latest(archive).left_out == 1


def test_what_goes_wrong_stands_in_it_and_it_may_be_asked_anew(archive: Archive) -> None:
    archive.keep("1.1")
    archive.hotline.home.archive.write_text("no folder")
    ask(archive)
    said = run_job(archive)
    failed = latest(archive)
    assert said == because("retention.discs_failed", discs=0, why=failed.problem or "")
    assert run_job(archive) is None, "it is said once"
    assert failed.state is WantedState.FAILED
    assert failed.problem is not None and failed.problem.code == "retention.not_written"
    archive.hotline.home.archive.unlink()
    ask(archive)
    assert str(run_job(archive)).startswith("retention.discs_written discs=1")


def test_what_breaks_in_the_middle_is_told_and_what_a_dead_process_left_is_done(archive: Archive) -> None:
    archive.keep("1.1")
    ask(archive)

    class Killed(BaseException):
        pass

    def torn(error: BaseException) -> Iterator[Disc]:
        raise error

    def writer(error: BaseException) -> Callable[..., Iterator[Disc]]:
        def write(
            wanted: WantedDiscs,
            found: Sequence[ToArchive],
            number: int,
            step: Callable[[int], object],
            left_out: list[Reason],
        ) -> Iterator[Disc]:
            step(found[0].size_bytes // 2)
            yield from torn(error)

        return write

    storage, clock = archive.hotline.storage, archive.hotline.clock
    with pytest.raises(Killed):
        discs_by_hand.write_wanted(storage, writer(Killed()), clock)
    assert latest(archive).state is WantedState.WRITING
    assert str(run_job(archive)).startswith("retention.discs_written discs=1")
    archive.keep("2.2")
    ask(archive)
    broken = discs_by_hand.write_wanted(storage, writer(RuntimeError("torn")), clock)
    assert broken is not None and broken.state is WantedState.FAILED and latest(archive) == broken


def test_it_waits_while_the_command_writes(archive: Archive) -> None:
    archive.keep("1.1")
    ask(archive)
    archive.hotline.home.archive.mkdir(exist_ok=True)
    with (archive.hotline.home.archive / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert run_job(archive) is None and latest(archive).state is WantedState.WAITS
    assert str(run_job(archive)).startswith("retention.discs_written discs=1")


def test_who_may_ask_and_for_what(archive: Archive) -> None:
    archive.keep("1.1")
    with pytest.raises(Forbidden):
        ask(archive, Actor("qian", (Role.OPERATOR,), "钱伟"))
    with pytest.raises(Refused, match=r"^retention.discs_until"):
        discs_by_hand.ask_for_discs(archive.hotline.storage, LATER + timedelta(days=1), Medium.DVD, LI, LATER)
    with pytest.raises(NotFound, match=r"^retention.no_disc"):
        discs_by_hand.image_to_fetch(archive.hotline.storage, "../etc/passwd", LI, LATER)
