"""The daily reconciliation (E2, E4): each kind of difference is found once, and nothing that is well is accused."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from hotline.bootstrap.jobs import make_jobs
from hotline.domain.calls.call import Direction
from hotline.domain.reasons import because
from hotline.domain.recordings.recording import RecordingState
from hotline.domain.retention.reconciliation import Difference, StoreCheck
from hotline.services.retention import reconciliation
from hotline.storage.calls.store import CallStore
from hotline.storage.recordings.store import RecordingStore
from hotline.storage.retention.store_checks import StoreCheckStore
from hotline.storage.transaction import Storage
from recordings.reconciliation import Reconciler
from tests.support.instance import StandingClock, an_instance, run, run_json
from tests.support.recording_site import RecordingSite
from tests.support.rows import MORNING, a_call, a_recording

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Reconciled:
    def __init__(self, folder: Path, storage: Storage | None = None) -> None:
        made = an_instance(folder, MORNING + 3 * HOUR, "[reconciliation]\nwhole_days = 3\n")
        self.hotline = Hotline(made.home, made.in_force, made.secrets, made.clock, storage or made.storage)
        assert isinstance(self.hotline.clock, StandingClock)
        self.clock = self.hotline.clock
        self.site = RecordingSite(folder, storage=self.hotline.storage, files=self.hotline.files)
        self.site.store = self.hotline.home.recordings

    def keep(self, linkedid: str) -> None:
        self.site.take_in(linkedid)
        assert self.site.finaliser.one()

    def file(self, linkedid: str) -> Path:
        return self.hotline.home.recordings / self.site.row(linkedid).path

    def save(self, *calls: object, recordings: tuple[object, ...] = ()) -> None:
        with self.hotline.storage.writing() as tx:
            CallStore(tx).save(list(calls), MORNING)  # type: ignore[arg-type]
            RecordingStore(tx).announce(list(recordings))  # type: ignore[arg-type]

    def mark(self, linkedid: str, state: RecordingState) -> None:
        row = self.site.row(linkedid)
        with self.hotline.storage.writing() as tx:
            RecordingStore(tx).update(replace(row, state=state))

    def check(self, whole: bool = True) -> StoreCheck:
        hotline = self.hotline
        reconciler = Reconciler(hotline.storage, hotline.files, hotline.home.recordings, hotline.settings, self.clock)
        found = reconciler.reconcile(whole=whole)
        reconciliation.keep(hotline.storage, found, hotline.settings.reconciliation)
        return found

    def differences(self) -> dict[Difference, list[str]]:
        check = self.check()
        named: dict[Difference, list[str]] = {}
        for found in check.found:
            named.setdefault(found.kind, []).append(found.what)
        assert {kind: len(names) for kind, names in named.items()} == {k: n for k, n in check.counts.items() if n}
        return named


@pytest.fixture
def here(tmp_path: Path) -> Reconciled:
    return Reconciled(tmp_path)


def test_each_difference_is_found_and_nothing_else(tmp_path: Path, storage: Storage) -> None:
    here = Reconciled(tmp_path, storage)
    for linkedid in ("1.1", "2.2", "3.3", "4.4"):
        here.keep(linkedid)
    assert here.differences() == {}
    gone, changed = here.file("2.2"), here.file("3.3")
    gone.unlink()
    content = bytearray(changed.read_bytes())
    content[50] ^= 1
    changed.write_bytes(content)
    (changed.parent / "stranger.flac").write_bytes(b"?")
    here.save(a_call("5.5"), recordings=(a_recording("6.6"),))
    folder = "2026/03/11"
    assert here.differences() == {
        Difference.NO_RECORDING: ["node1/5.5"],
        Difference.NO_CALL: ["6.6.raw"],
        Difference.NO_FILE: [f"{folder}/{gone.name}"],
        Difference.CHANGED: [f"{folder}/{changed.name}"],
        Difference.NO_ENTRY: [f"{folder}/stranger.flac"],
    }
    with storage.reading() as tx:
        latest = StoreCheckStore(tx).latest("node1")
    assert latest is not None and latest.differences == 5 and latest.found[0].call_id


def test_what_is_counted_but_not_named_is_counted_once(here: Reconciled, monkeypatch: pytest.MonkeyPatch) -> None:
    """All files are looked for, and a part of them read besides."""
    monkeypatch.setattr("recordings.reconciliation.NAMED", 1)
    for linkedid in ("1.1", "2.2", "3.3"):
        here.keep(linkedid)
        here.file(linkedid).unlink()
    check = here.check(whole=True)
    assert (check.counts[Difference.NO_FILE], len(check.found)) == (3, 1)


def test_calls_whose_recording_is_on_its_way_or_was_deleted_are_not_accused(here: Reconciled) -> None:
    here.save(a_call("1.1"), recordings=(a_recording("1.1"),))  # announced: still being taken in
    here.save(a_call("2.2", started_at=here.clock() - HOUR))  # has just ended
    here.save(a_call("3.3", talk_seconds=0.0))  # nobody talked
    here.save(a_call("4.4", direction=Direction.OUTBOUND))
    here.save(a_call("6.6", started_at=MORNING - 60 * DAY))  # nobody can mend it any more
    here.keep("5.5")
    here.file("5.5").unlink()
    for left in here.file("5.5").parent.iterdir():  # its peaks
        left.unlink()
    here.mark("5.5", RecordingState.DELETED)
    assert here.differences() == {}


@pytest.mark.parametrize("state", [RecordingState.MISSING, RecordingState.FAILED])
def test_a_recording_that_was_lost_is_told_of(here: Reconciled, state: RecordingState) -> None:
    here.save(a_call("1.1"), recordings=(a_recording("1.1"),))
    here.mark("1.1", state)
    assert here.differences() == {Difference.NO_RECORDING: ["node1/1.1"]}


def test_what_is_not_converted_is_told_of_after_the_hours_set(here: Reconciled) -> None:
    here.site.take_in("1.1")
    assert here.differences() == {}
    here.clock.advance(hours=25)
    assert list(here.differences()) == [Difference.NOT_KEPT]


def test_the_whole_store_is_read_in_the_days_set_and_then_again(here: Reconciled) -> None:
    for number in range(7):
        here.keep(f"{number}.1")
    read = []
    for _day in range(6):
        read.append(here.check(whole=False).read)
        here.clock.advance(days=1)
    assert sum(read[:3]) == sum(read[3:]) == 7
    here.file("6.1").write_bytes(b"")
    found = [here.check(whole=False)]
    for _day in range(2):
        here.clock.advance(days=1)
        found.append(here.check(whole=False))
    assert [check.counts.get(Difference.CHANGED, 0) for check in found] == [0, 0, 1]


def test_the_alert_comes_and_goes_with_the_differences(here: Reconciled) -> None:
    here.keep("1.1")
    sound = here.file("1.1").read_bytes()
    here.file("1.1").unlink()
    here.check()
    assert here.site.alerts()["store_check", "node1"] == (
        "1 differences between the store and the ledger.\nentries without a file: 1"
    )
    here.file("1.1").write_bytes(sound)
    here.check()
    assert here.site.alerts() == {}


def test_a_disk_that_will_soon_be_full_is_an_alert_until_it_is_not(here: Reconciled) -> None:
    check = here.check()
    alerts = []
    for day, free in enumerate([10_000, 9_000, 8_000, 20_000, 30_000]):
        at = check.at + day * DAY
        reconciliation.keep(
            here.hotline.storage, replace(check, at=at, free_bytes=free), here.hotline.settings.reconciliation
        )
        alerts.append(here.site.alerts().get(("disk_full", "node1")))
    assert alerts[2] and "2026-03-21" in alerts[2] and alerts[0] is None and alerts[-1] is None


def test_once_a_day_from_the_hour_that_is_set(here: Reconciled) -> None:
    def due() -> bool:
        hotline = here.hotline
        return reconciliation.is_due(hotline.storage, "node1", hotline.settings.reconciliation, here.clock())

    assert due()
    here.check()
    assert not due()
    here.clock.now = MORNING + 15 * HOUR  # 01:00 of the next day
    assert not due()
    here.clock.advance(hours=2)
    assert due()


def test_by_hand_it_fails_when_something_differs_and_says_what(here: Reconciled) -> None:
    here.keep("1.1")
    assert run_json(here.hotline, "recordings", "reconcile", "--all")["read"] == 1
    here.file("1.1").unlink()
    result = run(here.hotline, "recordings", "reconcile")
    assert result.exit_code == 1 and f"no_file: {here.site.row('1.1').path}" in result.output


def test_the_job_does_it_once_a_day(here: Reconciled) -> None:
    [job] = [job for job in make_jobs(here.hotline) if job.name == "reconciliation"]
    here.keep("1.1")
    assert job.run(here.clock()) == because("retention.compared", entries=1, read=1, differences=0)
    assert job.run(here.clock()) is None
