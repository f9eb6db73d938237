"""E2: where a site wants two people for it, what is due is deleted when a second one has agreed."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from hotline.domain.people import Role
from hotline.domain.retention.deletion import DeletionFilter
from hotline.storage.retention.deletions import DeletionStore
from hotline.storage.retention.store import ExpiryStore
from tests.support.recording_site import RecordingSite
from tests.support.web import NOW, Web, a_web, post

DUE = "/keeping/retention"
DELETE = "/keeping/retention/delete"
ASK = {"count": "2", "sure": "yes", "reason": "年度清理"}


@pytest.fixture
def site(tmp_path: Path) -> Web:
    """Two recordings whose time is over, and one that is younger."""
    web = a_web(tmp_path, "[settings]\ntwo_people = true\n")
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


@pytest.fixture
def wang(site: Web) -> FlaskClient:
    return site.signed_in(Role.ADMINISTRATOR, username="wang")


def deleted(site: Web) -> list[str]:
    with site.hotline.storage.reading() as tx:
        return [each.deleted_by for each in DeletionStore(tx).search(DeletionFilter(), 10)]


def asked_by(client: FlaskClient) -> str:
    """The address of what waits, without the answer."""
    found = re.search(r"/keeping/retention/asked/\d+/", client.get(DUE).text)
    assert found is not None
    return found[0]


def test_e2_one_asks_and_another_one_agrees(site: Web, li: FlaskClient, wang: FlaskClient) -> None:
    assert "须经第二人同意" in li.get(DUE).text
    post(li, DELETE, DUE, **ASK)
    page = li.get(DUE).text
    assert "已申请：第二人七天内同意后才会删除" in page and deleted(site) == []
    assert "/agree" not in page, "nobody agrees to what they asked for"
    shown = wang.get(DUE).text
    assert "年度清理" in shown and "同意并删除" in shown
    post(wang, f"{asked_by(wang)}agree", DUE)
    assert deleted(site) == ["wang", "wang"] and "同意并删除" not in wang.get(DUE).text
    acts = [(who, act) for who, act, _object in site.audit() if act.startswith("recordings.")]
    assert ("li", "recordings.ask") in acts and ("wang", "recordings.agree") in acts


def test_e2_who_asked_does_not_agree(site: Web, li: FlaskClient, wang: FlaskClient) -> None:
    post(li, DELETE, DUE, **ASK)
    post(li, f"{asked_by(li)}agree", DUE)
    assert "申请人不能自己同意" in li.get(DUE).text and deleted(site) == []
    post(li, f"{asked_by(li)}refuse", DUE)
    assert "未删除" in li.get(DUE).text and "/asked/" not in wang.get(DUE).text


def test_e2_what_is_refused_or_answered_twice_deletes_nothing_more(
    site: Web, li: FlaskClient, wang: FlaskClient
) -> None:
    post(li, DELETE, DUE, **ASK)
    address = asked_by(wang)
    post(wang, f"{address}refuse", DUE)
    post(wang, f"{address}agree", DUE)
    assert deleted(site) == [] and "已无待同意的申请" in wang.get(DUE).text


def test_e2_it_is_void_after_seven_days(site: Web, li: FlaskClient, wang: FlaskClient) -> None:
    post(li, DELETE, DUE, **ASK)
    address = asked_by(wang)
    site.clock.advance(days=7)
    third = site.signed_in(Role.SUPERVISOR, username="third")
    post(third, f"{address}agree", DUE)
    assert deleted(site) == [] and "/asked/" not in third.get(DUE).text


def test_e2_what_is_held_by_then_stays(site: Web, li: FlaskClient, wang: FlaskClient) -> None:
    post(li, DELETE, DUE, **ASK)
    with site.hotline.storage.reading() as tx:
        [one, _other] = list(ExpiryStore(tx).candidates(NOW, 0, 10))[:2]
    assert one.call_id is not None
    post(wang, f"/calls/{one.call_id}/hold", DUE, reason="诉讼")
    post(wang, f"{asked_by(wang)}agree", DUE)
    assert len(deleted(site)) == 1 and "1 段录音保留" in wang.get(DUE).text


def test_e2_the_same_is_asked_for_once_and_never_alone(site: Web, li: FlaskClient) -> None:
    post(li, DELETE, DUE, **ASK)
    assert "没有其他人可以同意" in li.get(DUE).text
    site.signed_in(Role.SUPERVISOR, username="wang")
    post(li, DELETE, DUE, **ASK)
    post(li, DELETE, DUE, **ASK)
    shown = li.get(DUE).text
    assert "均已申请删除" in shown and shown.count("/refuse") == 1


def test_e2_who_only_reads_answers_nothing(site: Web, li: FlaskClient, wang: FlaskClient) -> None:
    post(li, DELETE, DUE, **ASK)
    auditor = site.signed_in(Role.AUDITOR, username="auditor")
    assert "年度清理" in auditor.get(DUE).text and "/asked/" not in auditor.get(DUE).text
    assert post(auditor, f"{asked_by(wang)}agree", "/password").status_code == 403
    assert deleted(site) == []


def test_e2_it_is_counted_for_who_may_answer(site: Web, li: FlaskClient, wang: FlaskClient) -> None:
    post(li, DELETE, DUE, **ASK)
    waits = [client.get("/menu/waiting").get_json().get("deletions") for client in (wang, li)]
    assert waits == [1, None]
