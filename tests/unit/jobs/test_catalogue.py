from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NoReturn

import pytest

from hotline.asterisk.files import AsteriskFiles
from hotline.domain.deadlines.term import Agreed
from hotline.domain.examination.records import CORRECTION_CLOCK, CorrectiveAction
from hotline.domain.line.roster import Shift
from hotline.domain.outbox import OutboxEntry
from hotline.jobs.catalogue import catalogue
from hotline.jobs.gateways.all import SiteGateways
from hotline.jobs.job import run_now
from hotline.jobs.notices import AppriseNotices
from hotline.services.alerts import reason_of
from hotline.services.deadlines.keeping import Wanted, keep
from hotline.services.job import Parts
from hotline.services.job_runs.book import JobBook
from hotline.services.settings.in_force import SettingsInForce
from hotline.settings import Home
from hotline.settings.load import read_layers
from hotline.settings.secrets import load_or_create_secrets
from hotline.storage.alerts import AlertStore
from hotline.storage.calls.checkpoints import CheckpointStore
from hotline.storage.examination.corrective_actions import CorrectiveActionStore
from hotline.storage.examination.plans import SampleStore
from hotline.storage.leases import LeaseStore
from hotline.storage.line.roster import RosterStore
from hotline.storage.outbox import Outbox
from hotline.storage.transaction import Storage
from hotline.web.notifications.wording import CatalogueWording
from recordings.files import FolderFiles
from tests.support.pbx import RememberingPbx
from tests.support.rows import MORNING, a_storage
from tests.support.words import english

DAY = timedelta(days=1)
HOUR = 3600  # seconds


class Site:
    def __init__(self, folder: Path, **environment: str) -> None:
        home = Home(folder)
        home.create()
        self.storage: Storage = a_storage(folder)
        self.trimmed: list[datetime] = []
        layers = read_layers(home, {f"HOTLINE_{key}": value for key, value in environment.items()})
        self.settings = layers.settings()
        parts = Parts(
            in_force=SettingsInForce(layers, self.storage, lambda: MORNING),
            secrets=load_or_create_secrets(home),
            home=home,
            storage=self.storage,
            pbx=RememberingPbx(),
            pbx_files=AsteriskFiles(home, load_or_create_secrets(home)),
            notices=AppriseNotices(tuple),
            trim_cel_database=self._trim,
            started_at=MORNING,
            files=lambda: FolderFiles(home.recordings),
            gateways=SiteGateways(lambda: self.settings, lambda: MORNING),
            wording=CatalogueWording(),
        )
        self.jobs = {job.name: job for job in catalogue(parts)}

    def run(self, name: str, now: datetime = MORNING) -> None:
        assert run_now(self.storage, self.jobs[name], now)

    def alerts(self) -> dict[str, str]:
        with self.storage.reading() as tx:
            return {alert.kind: english(reason_of(alert)) for alert in AlertStore(tx).open()}

    def on_duty(self, starts_at: datetime, ends_at: datetime) -> None:
        with self.storage.writing() as tx:
            RosterStore(tx).add(Shift("李四", ("13800000001",), (), starts_at, ends_at))

    def _trim(self, before: datetime) -> int:
        self.trimmed.append(before)
        return 7


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def test_a16_a_roster_gap_within_seven_days_is_an_alert_until_it_is_filled(site: Site) -> None:
    site.on_duty(MORNING - DAY, MORNING + timedelta(days=6))
    site.run("roster_gaps")
    assert site.alerts() == {
        "roster_gap": "2026-03-17 12:00 – 2026-03-17 13:00, 2026-03-17 17:30 – 2026-03-18 09:00; 2 gaps in all"
    }
    site.on_duty(MORNING + timedelta(days=6), MORNING + timedelta(days=7))
    site.run("roster_gaps")
    assert site.alerts() == {}


def test_a16_a_gap_further_ahead_is_not_yet_one(site: Site) -> None:
    site.on_duty(MORNING - DAY, MORNING + timedelta(days=7, hours=1))
    site.run("roster_gaps")
    assert site.alerts() == {}


def test_e6_the_week_before_is_drawn_once_and_overdue_orders_are_an_alert(site: Site) -> None:
    with site.storage.writing() as tx:
        order = CorrectiveAction("1001", "慢一点", MORNING - DAY, "sun", MORNING - 2 * DAY)
        added = CorrectiveActionStore(tx).add(order)
        wanted = Wanted(order.issued_at, agreed=Agreed(order.due_at))
        keep(tx, site.settings, CORRECTION_CLOCK, {added.id or 0: wanted}, MORNING - 2 * DAY)
    site.run("examinations")
    assert site.alerts() == {"rectifications": "1 open, the earliest due 2026-03-10 10:00"}
    site.run("examinations", MORNING + DAY)
    with site.storage.reading() as tx:
        assert [each.period for each in SampleStore(tx).latest(5)] == ["2026-W10"]


def test_a_number_that_is_always_on_duty_leaves_no_gap(tmp_path: Path) -> None:
    site = Site(tmp_path, DUTY__ALWAYS='[{ person = "张三", number = "13800000000" }]')
    site.run("roster_gaps")
    assert site.alerts() == {}


@pytest.mark.parametrize(("year", "warned"), [(2025, False), (2090, True)])
def test_a_calendar_that_ends_soon_is_an_alert(site: Site, year: int, warned: bool) -> None:
    site.run("calendar", datetime(year, 6, 1, tzinfo=UTC))
    assert ("calendar" in site.alerts()) == warned


def test_too_little_free_disk_is_an_alert(tmp_path: Path) -> None:
    site = Site(tmp_path, RECORDING__MIN_FREE_MEGABYTES="1000000000")
    site.run("disk")
    assert "1000000000 MB wanted" in site.alerts()["disk_space"]


def test_what_was_pushed_is_forgotten_after_a_day(site: Site) -> None:
    with site.storage.writing() as tx:
        old, new = MORNING - timedelta(hours=25), MORNING - timedelta(hours=23)
        Outbox(tx).add([OutboxEntry("call", {"n": 1}, old), OutboxEntry("call", {"n": 2}, new)])
        LeaseStore(tx).claim("publish", "1", old)
        LeaseStore(tx).claim("publish", "2", new)
    site.run("trim")
    with site.storage.writing() as tx:
        assert [entry.payload["n"] for entry in Outbox(tx).after(0, 10)] == [2]
        assert LeaseStore(tx).claim("publish", "1", MORNING) and not LeaseStore(tx).claim("publish", "2", MORNING)


def test_the_cel_database_keeps_what_does_not_stand_in_the_ledger_yet(site: Site) -> None:
    site.run("black_box")
    assert site.trimmed == [], "nothing is known to stand in the ledger"
    for checkpoint in (MORNING - timedelta(days=40), MORNING):
        with site.storage.writing() as tx:
            CheckpointStore(tx).set("node1", checkpoint)
        site.run("black_box")
    assert site.trimmed == [MORNING - timedelta(days=40), MORNING - timedelta(days=30)]


def test_the_line_is_told_to_asterisk_and_watched(site: Site) -> None:
    for name in ("publish", "line_test"):
        site.run(name)
    assert site.alerts() == {}


def test_no_job_takes_the_writers_turn_while_nothing_changes(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite has one writer, and calls are written: what comes every few seconds looks first."""
    # Prompts are spoken, and what comes once an hour tidies up.
    often = [job for job in site.jobs.values() if job.seconds < HOUR and job.name != "prompts"]
    assert {"records", "callbacks", "trunks", "notifications", "webhooks"} <= {job.name for job in often}
    for job in often * 3:  # what one finds another tells of
        assert run_now(site.storage, job, MORNING)
    book = JobBook(site.storage)  # what is quiet waits in it for a minute
    wrote: list[str] = []

    def writing(_storage: Storage) -> NoReturn:
        wrote.append("it")
        raise RuntimeError("nothing has changed")

    monkeypatch.setattr(Storage, "writing", writing)
    guilty = []
    for job in often:
        with suppress(RuntimeError):
            run_now(site.storage, job, MORNING + timedelta(seconds=1), book)
        guilty += [job.name] if wrote else []
        wrote.clear()
    assert guilty == []
