"""Asterisk follows what is decided elsewhere, and what it could not be told when it was decided."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotline.domain.people import Actor, Role
from hotline.jobs.catalogue import catalogue
from hotline.jobs.notices import AppriseNotices
from hotline.services.alerts import clear_by_hand, open_alerts, reason_of
from hotline.services.calls.consequence import Consequence
from hotline.services.consequences import consequences_now
from hotline.services.job import Parts
from hotline.services.line.alert_kinds import PBX_BY_HAND
from hotline.services.pbx import PbxPart
from hotline.services.settings.settings import change_settings
from hotline.settings import Settings
from recordings.files import FolderFiles
from tests.support.instance import an_instance
from tests.support.pbx import RememberingPbx
from tests.support.rows import MORNING

ADMIN = Actor("admin", (Role.ADMINISTRATOR,), "管理员")
TOLD = ("reload", PbxPart.DIALPLAN, PbxPart.PHONES)


class Site:
    def __init__(self, folder: Path, settings: str = "") -> None:
        self.hotline, self.pbx = an_instance(folder, MORNING, settings), RememberingPbx()
        parts = Parts(
            in_force=self.hotline.in_force,
            secrets=self.hotline.secrets,
            home=self.hotline.home,
            storage=self.hotline.storage,
            pbx=self.pbx,
            pbx_files=self.hotline.pbx_files,
            notices=AppriseNotices(tuple),
            trim_cel_database=None,
            started_at=MORNING,
            files=lambda: FolderFiles(self.hotline.home.recordings),
        )
        self.run = next(job.run for job in catalogue(parts) if job.name == "pbx_files")
        self.run(MORNING)
        self.pbx.acts.clear()

    def decide(self) -> None:
        change_settings(self.hotline.in_force, ADMIN, {"operators.1003": {"name": "孙丽"}}, MORNING)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def test_nothing_is_told_while_nothing_changes(site: Site) -> None:
    assert site.run(MORNING) is None and site.pbx.acts == []


def test_what_was_decided_elsewhere_is_told_once(site: Site) -> None:
    site.decide()
    assert "pjsip.conf" in str(site.run(MORNING))
    site.run(MORNING)
    assert site.pbx.acts == [TOLD]


def test_an_asterisk_that_was_down_is_told_when_it_is_back(site: Site) -> None:
    site.decide()
    site.pbx.away = "asterisk.unreachable"
    assert (site.run(MORNING), site.run(MORNING)) == (None, None)
    site.pbx.away = ""
    assert site.run(MORNING)
    assert site.pbx.acts == [TOLD]


def test_a_site_with_its_own_asterisk_is_told_by_an_alert_of_each_part(tmp_path: Path) -> None:
    """Whichever page or hour changed it; it stands until somebody says that it was done."""
    site = Site(tmp_path, "[asterisk]\nprivate = false\n")
    for each in open_alerts(site.hotline.storage):
        clear_by_hand(site.hotline.storage, each.kind, each.object, "boss", MORNING)
    site.decide()
    assert site.run(MORNING) is None and site.pbx.acts == []
    told = {each.object: reason_of(each) for each in open_alerts(site.hotline.storage)}
    assert told.keys() == {PbxPart.DIALPLAN, PbxPart.PHONES}
    assert told[PbxPart.PHONES].values["command"] == "module reload res_pjsip.so"
    assert told[PbxPart.PHONES].values["folder"] == str(site.hotline.home.asterisk / "etc")
    for part in told:
        clear_by_hand(site.hotline.storage, PBX_BY_HAND, part, "boss", MORNING)
    site.run(MORNING)
    assert open_alerts(site.hotline.storage) == []


def test_what_follows_from_calls_goes_by_what_is_in_force(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Made anew after a change, and not before: what follows may remember."""
    made: list[Settings] = []

    def noted(settings: Settings) -> tuple[Consequence, ...]:
        made.append(settings)
        return ()

    monkeypatch.setattr("hotline.services.consequences.consequences", noted)
    follow = consequences_now(lambda: site.hotline.settings)
    with site.hotline.storage.writing() as tx:
        follow(tx, [], MORNING)
        follow(tx, [], MORNING)
    site.decide()
    with site.hotline.storage.writing() as tx:
        follow(tx, [], MORNING)
    assert [("1003" in settings.operators) for settings in made] == [False, True]
