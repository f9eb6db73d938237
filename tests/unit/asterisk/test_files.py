"""Asterisk's files while it runs: written whole, the last ones kept, and nothing forgotten that it has not read."""

from __future__ import annotations

import stat
from pathlib import Path
from threading import Event, Thread

import pytest

from hotline.asterisk import render
from hotline.asterisk.files import AsteriskFiles, locked
from hotline.services.pbx import PbxPart
from hotline.services.pbx_files import apply
from hotline.settings import Home, Settings, load_settings
from tests.support.pbx import RememberingPbx
from tests.support.rendered import SECRETS

SITE = '[operators.1001]\nname = "赵敏"\n'
HIRED = SITE + '[operators.1003]\nname = "孙丽"\nphone = "webrtc"\n'
MEMBER = HIRED + '[queues.service]\nname = "客户服务"\nmembers = ["1003"]\n'


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    home.create()
    render.write(render.render_live(of(home, SITE), home, SECRETS), home.asterisk / "etc")
    return home


@pytest.fixture
def files(home: Home) -> AsteriskFiles:
    return AsteriskFiles(home, SECRETS)


def of(home: Home, text: str) -> Settings:
    home.settings_file.write_text(text, "utf-8")
    return load_settings(home, {})


def test_nothing_is_reloaded_where_nothing_has_changed(home: Home, files: AsteriskFiles) -> None:
    pbx = RememberingPbx()
    applied = apply(files, pbx, lambda: of(home, SITE))
    assert applied.parts == frozenset() and applied.waits is None and pbx.acts == [("reload",)]


def test_what_changes_is_written_kept_and_reloaded_and_nothing_else(home: Home, files: AsteriskFiles) -> None:
    pbx, etc = RememberingPbx(), home.asterisk / "etc"
    before = (etc / "pjsip.conf").read_text("utf-8")
    apply(files, pbx, lambda: of(home, HIRED))
    assert pbx.acts == [("reload", PbxPart.DIALPLAN, PbxPart.PHONES)]
    assert "[1003](phone)" in (etc / "pjsip.conf").read_text("utf-8")
    assert (etc / render.PREVIOUS / "pjsip.conf").read_text("utf-8") == before
    assert {stat.S_IMODE(file.stat().st_mode) for file in etc.rglob("*.conf")} == {0o600}
    apply(files, pbx, lambda: of(home, MEMBER))
    assert "member => PJSIP/1003,0,孙丽,PJSIP/1003" in (etc / "queues.conf").read_text("utf-8")
    assert PbxPart.QUEUES in pbx.acts[-1]


def test_an_asterisk_that_is_down_is_told_when_it_is_back(home: Home, files: AsteriskFiles) -> None:
    pbx = RememberingPbx()
    pbx.away = "asterisk.unreachable"
    applied = apply(files, pbx, lambda: of(home, HIRED))
    assert applied.waits is not None and applied.waits.code == "asterisk.unreachable"
    assert files.unread() == {PbxPart.PHONES, PbxPart.DIALPLAN}
    pbx.away = ""
    assert apply(AsteriskFiles(home, SECRETS), pbx, lambda: of(home, HIRED)).waits is None
    assert pbx.acts == [("reload", PbxPart.DIALPLAN, PbxPart.PHONES)]
    assert files.unread() == frozenset()


def test_a_carrier_is_registered_with_anew_when_its_password_alone_changes(home: Home, files: AsteriskFiles) -> None:
    """Else a new password would be tried when the registration is due, minutes later."""
    carrier = '[trunk]\nkind = "registration"\nhost = "192.0.2.5"\nusername = "line"\npassword = "{}"\n'
    pbx = RememberingPbx()
    apply(files, pbx, lambda: of(home, HIRED + carrier.format("old")))
    pbx.acts.clear()
    apply(files, pbx, lambda: of(home, HIRED + carrier.format("new")))
    assert pbx.acts == [("reload", PbxPart.PHONES), ("register_again", "trunk")]
    apply(files, pbx, lambda: of(home, HIRED + carrier.format("new")))
    apply(files, pbx, lambda: of(home, SITE + carrier.format("new")))
    assert ("register_again", "trunk") not in pbx.acts[2:], "what else changes leaves it alone"


def test_a_site_with_its_own_asterisk_gets_the_files_and_reloads_by_itself(home: Home, files: AsteriskFiles) -> None:
    pbx = RememberingPbx()
    applied = apply(files, pbx, lambda: of(home, HIRED + "[asterisk]\nprivate = false\n"))
    assert applied.by_hand and applied.parts == {PbxPart.PHONES, PbxPart.DIALPLAN} and pbx.acts == []
    assert "[1003](phone)" in (Path(applied.folder) / "pjsip.conf").read_text("utf-8")


def test_two_who_change_something_at_once_come_one_after_the_other(home: Home, files: AsteriskFiles) -> None:
    """Who comes second writes what is in force then, not what was when they came."""
    in_force, asked, pbx = [of(home, SITE)], Event(), RememberingPbx()

    def now() -> Settings:
        asked.set()
        return in_force[0]

    with locked(home):
        second = Thread(target=lambda: apply(files, pbx, now))
        second.start()
        assert not asked.wait(0.2), "it waits"
        in_force[0] = of(home, HIRED)
    second.join(10)
    assert "[1003](phone)" in (home.asterisk / "etc" / "pjsip.conf").read_text("utf-8")
