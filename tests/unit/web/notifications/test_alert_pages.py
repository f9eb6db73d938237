"""The page of alerts: what nothing but a person ends is closed there, and a lost recording is looked for again (F8)."""

from __future__ import annotations

import dataclasses

import pytest
from flask.testing import FlaskClient

from hotline.domain.people import Role
from hotline.domain.reasons import because
from hotline.domain.recordings.recording import RecordingState
from hotline.services.alerts import AlertKind, open_alerts, set_alert
from hotline.services.line.alert_kinds import CALENDAR, PBX_BY_HAND
from hotline.services.recordings.alert_kinds import RECORDING_LOST, RECORDING_UNPAUSED
from hotline.storage.calls.store import CallStore
from hotline.storage.recordings.store import RecordingStore
from tests.support.rows import a_call, a_recording
from tests.support.web import NOW, Web, post

WHY = because("storage.legacy", text="<b>gone</b>")


@pytest.fixture
def supervisor(web: Web) -> FlaskClient:
    return web.signed_in(Role.SUPERVISOR)


def alert(web: Web, kind: AlertKind, about: str = "s-1") -> None:
    with web.hotline.storage.writing() as tx:
        set_alert(tx, kind, about, WHY, NOW)


def standing(web: Web) -> set[tuple[str, str]]:
    return {(each.kind, each.object) for each in open_alerts(web.hotline.storage)}


def seen_to(client: FlaskClient, kind: str, about: str = "s-1") -> str:
    return post(client, "/alerts/seen-to", "/alerts", kind=kind, object=about).headers.get("Location", "")


@pytest.mark.parametrize("kind", [RECORDING_LOST, RECORDING_UNPAUSED, PBX_BY_HAND])
def test_f8_what_only_a_person_ends_is_closed_on_the_page(web: Web, supervisor: FlaskClient, kind: AlertKind) -> None:
    alert(web, kind)
    page = supervisor.get("/alerts").text
    assert "已处理" in page and "hotline " not in page and "<b>gone" not in page
    assert seen_to(supervisor, kind) == "/alerts"
    assert standing(web) == set()
    assert ("u-supervisor", "alert.clear", f"{kind} s-1") in web.audit()
    seen_to(supervisor, kind)
    assert "已不再处于打开状态" in supervisor.get("/alerts").text, "somebody else was quicker"


def test_what_ends_by_itself_is_not_closed_by_hand(web: Web, supervisor: FlaskClient) -> None:
    alert(web, CALENDAR, "")
    assert "已处理" not in supervisor.get("/alerts").text
    assert seen_to(supervisor, CALENDAR, "") == "/alerts"
    assert "会自动解除" in supervisor.get("/alerts").text
    assert standing(web) == {(CALENDAR, "")}


@pytest.mark.parametrize("about", ["", "nobody", "s-1' OR 1=1", "<script>", "x" * 500, "a\x00b"])
def test_what_does_not_stand_is_told(web: Web, supervisor: FlaskClient, about: str) -> None:
    alert(web, RECORDING_LOST)
    for path in ("/alerts/seen-to", "/recordings/lost/again"):
        assert post(supervisor, path, "/alerts", kind=RECORDING_LOST, object=about).status_code in (303, 400)
        assert "<script>" not in supervisor.get("/alerts").text
    assert standing(web) == {(RECORDING_LOST, "s-1")}


def test_a14_who_does_not_see_an_alert_closes_none(web: Web) -> None:
    alert(web, RECORDING_LOST)
    operator = web.signed_in(Role.OPERATOR)
    for path in ("/alerts/seen-to", "/recordings/lost/again"):
        post(operator, path, "/alerts", kind=RECORDING_LOST, object="s-1")
    assert standing(web) == {(RECORDING_LOST, "s-1")}


def test_e4_a_lost_recording_is_looked_for_again(web: Web, supervisor: FlaskClient) -> None:
    with web.hotline.storage.writing() as tx:
        CallStore(tx).save([a_call("s-1", NOW)], NOW)
        RecordingStore(tx).announce([a_recording("s-1", NOW)])
        [entry] = RecordingStore(tx).due(NOW, 5, "node1")
        RecordingStore(tx).update(dataclasses.replace(entry, state=RecordingState.MISSING))
    alert(web, RECORDING_LOST)
    assert post(supervisor, "/recordings/lost/again", "/alerts", object="s-1").status_code == 303
    assert "正在重新查找" in supervisor.get("/alerts").text
    with web.hotline.storage.reading() as tx:
        assert [each.linkedid for each in RecordingStore(tx).due(NOW, 5, "node1")] == ["s-1"]
    assert ("u-supervisor", "recording.again", f"call:{web.call_id('s-1')}") in web.audit()
