"""What is past its time is deleted on the page (E2): by whom, with what, and how often."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from hotline.domain.accounts.audit import AuditFilter
from hotline.domain.people import Role
from hotline.domain.retention.deletion import DeletionFilter
from hotline.services.retention import expiry_by_hand
from hotline.storage.audit import AuditLog
from hotline.storage.retention.deletions import DeletionStore
from tests.support.recording_site import RecordingSite
from tests.support.web import NOW, Web, a_web, csrf_of, post

DUE = "/keeping/retention"
DELETE = "/keeping/retention/delete"


@pytest.fixture
def site(tmp_path: Path) -> Web:
    """Two recordings whose time is over, and one that is younger."""
    web = a_web(tmp_path)
    recordings = RecordingSite(tmp_path, form="wav", storage=web.hotline.storage, files=web.hotline.files)
    recordings.store = web.hotline.home.recordings
    for number, days in enumerate((1300, 1300, 9)):
        began = NOW - timedelta(days=days)
        recordings.now = max(recordings.now, began + timedelta(minutes=5))
        recordings.take_in(f"a.{number}", started_at=began)
        recordings.finaliser.one()
    return web


@pytest.fixture
def li(site: Web) -> FlaskClient:
    return site.signed_in(Role.SUPERVISOR, username="li")


def deleted(site: Web) -> list[str]:
    with site.hotline.storage.reading() as tx:
        return [each.deleted_by for each in DeletionStore(tx).search(DeletionFilter(), 10)]


def test_two_presses_of_what_was_shown_delete_it_once(site: Web, li: FlaskClient) -> None:
    page = li.get(DUE)
    fields = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]+)"', page.text.split(DELETE)[1]))
    sent = {**fields, "csrf_token": csrf_of(page), "reason": "年度清理", "sure": "yes"}
    assert li.post(DELETE, data=sent).status_code == li.post(DELETE, data=sent).status_code == 302
    shown = li.get(DUE).text
    assert "已删除 2 段录音" in shown and "目前没有可删除的录音" in shown and DELETE not in shown
    assert deleted(site) == ["li", "li"]
    with site.hotline.storage.reading() as tx:
        [entry] = [each for each in AuditLog(tx).search(AuditFilter(), 50) if each.action == "recordings.expire"]
    assert entry.who == "li" and entry.detail.endswith(": 年度清理")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"count": "2", "sure": "yes", "reason": " "}, "请填写理由"),
        ({"count": "2", "reason": "清理"}, "请先勾选"),
        ({"count": "3", "sure": "yes", "reason": "清理"}, "现在有 2 段录音可以删除"),
        ({"sure": "yes", "reason": "清理"}, "现在有 2 段录音可以删除"),
    ],
)
def test_what_was_not_confirmed_is_not_deleted(site: Web, li: FlaskClient, fields: dict[str, str], said: str) -> None:
    post(li, DELETE, DUE, **fields)
    assert said in li.get(DUE).text and deleted(site) == []


def test_so_many_at_once_and_the_others_stay_on_the_list(
    site: Web, li: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(expiry_by_hand, "MOST_AT_ONCE", 1)
    assert "一次最多删除 1 段" in li.get(DUE).text
    post(li, DELETE, DUE, count="2", sure="yes", reason="清理")
    assert len(deleted(site)) == 1 and li.get(DUE).text.count("已满 3 年") == 1


def test_who_only_reads_deletes_nothing(site: Web) -> None:
    auditor = site.signed_in(Role.AUDITOR, username="auditor")
    assert DELETE not in auditor.get(DUE).text
    assert post(auditor, DELETE, "/password", count="2", sure="yes", reason="清理").status_code == 403
    assert deleted(site) == []
