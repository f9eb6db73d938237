"""The pages of discs and of the daily reconciliation; what the call's page says of discs (E2, E4, F8)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from hotline.bootstrap.jobs import make_jobs
from hotline.domain.people import Role
from hotline.domain.reasons import because
from hotline.domain.recordings.recording import RecordingState
from hotline.domain.retention.archive import Disc, DiscItem, Medium
from hotline.domain.retention.reconciliation import Difference, Discrepancy, Rotation, StoreCheck
from hotline.services.retention import reconciliation
from hotline.storage.recordings.store import RecordingStore
from hotline.storage.retention.discs import DiscStore
from tests.support.recording_site import RecordingSite
from tests.support.rows import a_call, a_recording
from tests.support.web import NOW, Web, a_web, post

DAY = timedelta(days=1)
HOSTILE = "2026/03/11/<script>alert(1)</script>\u202e🙂.flac"
MISSING = because(
    "recordings.differs",
    expected=because("recordings.content", bytes=9, sha256="bb"),
    found=because("recordings.no_file"),
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Web:
    web = a_web(tmp_path_factory.mktemp("keeping"))
    web.keep(a_call("1.1", NOW - DAY))
    with web.hotline.storage.writing() as tx:
        RecordingStore(tx).announce([a_recording("1.1", NOW - DAY)])
        [entry] = RecordingStore(tx).of_sources("node1", ["1.1.raw"])
        RecordingStore(tx).update(
            replace(
                entry,
                state=RecordingState.READY,
                path="2026/11/15/one.flac",
                seconds=61.0,
                size_bytes=9,
                sha256="a" * 64,
                kept_at=NOW,
            )
        )
        made = Disc(
            "HL00001_20261115",
            Medium.DVD,
            NOW - DAY,
            NOW,
            str(Path("/archive") / "x.iso"),
            1_234_567,
            "b" * 64,
            True,
            NOW,
            "cli:root",
        )
        DiscStore(tx).add(made, [DiscItem(entry.id or 0, "recordings/one.flac", "a" * 64)])
        DiscStore(tx).add(replace(made, label="HL00002_20261116", encrypted=False, medium=Medium.BD), [])
        DiscStore(tx).verified("HL00001_20261115", NOW)
    found = (Discrepancy(Difference.NO_FILE, HOSTILE, MISSING, web.call_id("1.1"), 1),)
    check = StoreCheck(NOW, "node1", {Difference.NO_FILE: 3}, found, 10, 20, 2, 5_000_000, 10**9, 10**10, Rotation())
    for days in (3, 2, 1, 0):
        reconciliation.keep(
            web.hotline.storage,
            replace(check, at=NOW - days * DAY, free_bytes=10**9 + days * 10**8),
            web.hotline.settings.reconciliation,
        )
    return web


def test_the_register_of_discs_with_what_was_read_back(site: Web) -> None:
    client = site.signed_in(Role.SUPERVISOR, username="one")
    text = client.get("/discs").text
    assert text.index("HL00002") < text.index("HL00001")
    assert "BD" in text and "从未校验" in text and "2026-11-16 10:30" in text and "1.2 MB" in text
    assert ("one", "archive.view", "discs") in site.audit()


def test_discs_are_asked_for_and_the_page_says_how_far_they_are(tmp_path: Path) -> None:
    web = a_web(tmp_path)
    recordings = RecordingSite(tmp_path, storage=web.hotline.storage, files=web.hotline.files)
    recordings.store = web.hotline.home.recordings
    recordings.take_in("1.1", started_at=NOW - 100 * DAY)
    recordings.finaliser.one()
    li = web.signed_in(Role.SUPERVISOR, username="li")
    for wrong in ("", "soon", "2099-01-01"):
        assert post(li, "/discs", until=wrong, medium="dvd").status_code == 302
        assert "请填写不晚于今天的日期" in li.get("/discs").text
    assert post(li, "/discs", until="2026-11-01", medium="dvd").status_code == 302
    waiting = li.get("/discs").text
    assert "等待写入" in waiting and 'hx-trigger="every 5s"' in waiting
    looks = web.audit()
    part = li.get("/discs", headers={"HX-Request": "true"}).text
    assert part.lstrip().startswith('<div id="discs"')
    assert web.audit() == looks, "what an open page asks for by itself is no look"
    [job] = [each for each in make_jobs(web.hotline) if each.name == "discs"]
    job.run(NOW)
    done = li.get("/discs").text
    assert "已写成" in done and "every 5s" not in done and 'href="/discs/HL00001_20260808/image"' in done
    image = li.get("/discs/HL00001_20260808/image")
    assert image.headers["Cache-Control"] == "no-store" and image.data[0x8001:0x8006] == b"CD001"
    image.close()
    assert ("li", "archive.fetch", "disc:HL00001_20260808") in web.audit()
    auditor = web.signed_in(Role.AUDITOR, username="an")
    assert 'action="/discs"' not in auditor.get("/discs").text
    assert auditor.get("/discs/HL00001_20260808/image").status_code == 403


def test_which_disc_a_call_is_on(site: Web) -> None:
    client = site.signed_in(Role.SUPERVISOR, username="two")
    for wanted in ("1.1", str(site.call_id("1.1")), "recording:1"):
        page = client.get("/discs", query_string={"call": wanted}).text
        assert "2026/11/15/one.flac" in page and "<strong>HL00001_20261115</strong>" in page
    for wanted in ("99", "9" * 18, "<script>", "recording:99999999999999999999", "\x00"):
        answer = client.get("/discs", query_string={"call": wanted})
        assert answer.status_code == 200 and "2026/11/15/one.flac" not in answer.text
        assert "<script>a" not in answer.text


def test_the_calls_page_tells_those_who_may_hear_it(site: Web) -> None:
    path = f"/calls/{site.call_id('1.1')}"
    assert "HL00001_20261115" in site.signed_in(Role.EXAMINER).get(path).text
    assert "HL00001_20261115" not in site.signed_in(Role.OPERATOR, username="op").get(path).text


def test_each_count_opens_the_list_behind_it(site: Web) -> None:
    client = site.signed_in(Role.ADMINISTRATOR)
    page = client.get("/reconciliation").text
    assert 'href="/reconciliation?kind=no_file#found"' in page and "预计写满" in page
    assert "2026-11-26" in page, "ten days at 100 MB a day"
    listed = client.get("/reconciliation?kind=no_file").text
    assert "<bdi>应为：9 字节，SHA-256 bb；实为：没有文件</bdi>" in listed
    assert "&lt;script&gt;alert(1)" in listed and "<script>alert(1)" not in listed
    assert f'href="/calls/{site.call_id("1.1")}"' in listed and "共 3 项，显示前 1 项" in listed
    assert "没有不符之处" in client.get("/reconciliation?kind=changed").text
    assert client.get("/reconciliation?kind=nonsense").status_code == 200


def test_what_is_wrong_stands_on_every_page_and_leads_there(site: Web) -> None:
    page = site.signed_in(Role.SUPERVISOR, username="three").get("/calls").text
    assert "录音库与台账有 3 处不符" in page and "磁盘预计在 2026-11-26 前后写满" in page
    assert 'href="/reconciliation"' in page


def test_operators_and_examiners_do_not_see_them(site: Web) -> None:
    for role in (Role.OPERATOR, Role.EXAMINER):
        client = site.signed_in(role, username=f"no-{role}")
        assert client.get("/discs").status_code == client.get("/reconciliation").status_code == 403


def test_a_new_site_says_what_to_do(web: Web) -> None:
    client = web.signed_in(Role.SUPERVISOR)
    assert 'method="post" action="/discs"' in client.get("/discs").text
    page = client.get("/reconciliation").text
    assert "第一次也可以在后台任务中手动开始" in page and "hotline recordings" not in page
