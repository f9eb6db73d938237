"""The API of examination: who may what, what is told to whom, and what stands in the audit log."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from hotline.domain.people import Role
from hotline.storage.accounts.users import UserStore
from hotline.storage.forms.store import FormStore
from tests.support.examination import keep_call, measure
from tests.support.web import NOW, Web, csrf_of

BY_HAND = {"courtesy": 10, "plain_language": 5, "record": 10, "solving": None, "way": 5}
CALLED = NOW - timedelta(days=7)


@pytest.fixture
def examiner(web: Web) -> dict[str, str]:
    return web.program(Role.EXAMINER)


@pytest.fixture
def operator(web: Web) -> dict[str, str]:
    return web.program(Role.OPERATOR)


@pytest.fixture
def qian(web: Web) -> FlaskClient:
    """The operator whose calls they are, in a browser."""
    client = web.signed_in(Role.OPERATOR, username="qian")
    with web.hotline.storage.writing() as tx:
        user = UserStore(tx).by_username("qian")
        assert user is not None
        UserStore(tx).update(replace(user, extension="1002"))
    return client


def send(client: FlaskClient, path: str, **body: Any) -> TestResponse:
    token = csrf_of(client.get("/password"))
    return client.post(f"/api/v1{path}", json=body, headers={"X-CSRFToken": token})


def finished(web: Web, examiner: dict[str, str], linkedid: str = "a") -> dict[str, Any]:
    client, call = web.client(), keep_call(web.hotline, linkedid, CALLED)
    measure(web.hotline, call)
    made = client.post("/api/v1/examinations", json={"call_id": call.id}, headers=examiner).json
    one = f"/api/v1/examinations/{made['id']}"
    client.put(f"{one}/points", json={"version": 1, "points": BY_HAND}, headers=examiner)
    return client.post(f"{one}/finish", json={"version": 2}, headers=examiner).get_json()


def test_a_call_is_examined_from_the_choice_to_the_result(web: Web, examiner: dict, operator: dict) -> None:
    client = web.client()
    call = keep_call(web.hotline, "a", CALLED)
    measure(web.hotline, call)
    made = client.post("/api/v1/examinations", json={"call_id": call.id}, headers=examiner)
    assert (made.status_code, made.json["why"], made.json["may_give_points"]) == (201, "chosen", True)
    one = f"/api/v1/examinations/{made.json['id']}"
    early = client.post(f"{one}/finish", json={"version": 1}, headers=examiner)
    assert early.status_code == 422 and "态度礼貌耐心" in early.json["detail"]
    given = client.put(f"{one}/points", json={"version": 1, "points": BY_HAND, "remark": "<b>好</b>"}, headers=examiner)
    assert (given.json["version"], given.json["remark"]) == (2, "<b>好</b>")
    late = client.put(f"{one}/points", json={"version": 1, "points": {}}, headers=examiner)
    assert (late.status_code, late.json["current"]) == (409, {"version": 2})
    said = client.post(f"{one}/comments", json={"second": 12.5, "text": "这里很好 🎉"}, headers=examiner)
    done = client.post(f"{one}/finish", json={"version": 2}, headers=examiner)
    # A8 3 of 6 by what was measured, by hand 30 of 30; what does not apply is left out.
    assert (done.json["state"], done.json["score"], done.json["comments"]) == ("done", 91.7, [said.json])
    assert client.get(one, headers=operator).status_code == 403
    actions = {action for _who, action, _object in web.audit()}
    assert {"examination.choose", "examination.points", "examination.comment", "examination.finish"} <= actions


def test_the_operator_sees_the_result_and_appeals_and_a_supervisor_decides(
    web: Web, examiner: dict, qian: FlaskClient
) -> None:
    done = finished(web, examiner)
    assert qian.get("/api/v1/examinations").json["total"] == 1
    seen = qian.get(f"/api/v1/examinations/{done['id']}").json
    assert (seen["score"], seen["may_appeal"], seen["may_decide"]) == (91.7, True, False)
    assert seen["seen_by_operator_at"] is not None
    made = send(qian, f"/examinations/{done['id']}/appeal", reason="等待是系统的原因")
    assert made.status_code == 201
    wrong = web.client().post(
        f"/api/v1/appeals/{made.json['id']}/decide", headers=examiner, json={"decision": "upheld", "note": "维持"}
    )
    assert wrong.status_code == 403
    boss = web.program(Role.SUPERVISOR)
    assert [each["id"] for each in web.client().get("/api/v1/appeals", headers=boss).json["appeals"]] == [
        made.json["id"]
    ]
    decided = web.client().post(
        f"/api/v1/appeals/{made.json['id']}/decide",
        headers=boss,
        json={"decision": "changed", "points": {"answered": 6}, "note": "属实"},
    )
    assert (decided.status_code, decided.json["score"]) == (200, 100.0)
    after = qian.get(f"/api/v1/examinations/{done['id']}").json
    assert (after["state"], after["score"], after["first_score"], after["passed"]) == ("decided", 100.0, 91.7, True)


def test_operators_hear_their_own_call_once_its_result_is_published(
    web: Web, examiner: dict, qian: FlaskClient, operator: dict
) -> None:
    call = keep_call(web.hotline, "a", CALLED)
    [entry] = call.recordings
    sound = f"/api/v1/recordings/{entry.id}/audio"
    assert qian.get(sound).status_code == 403
    finished(web, examiner)
    told = qian.get(sound)
    assert (told.status_code, told.json["code"]) == (404, "not_found")  # allowed; the sound is not taken in yet
    assert qian.get(f"{sound}?download=true").status_code == 403
    assert web.client().get(sound, headers=operator).status_code == 403


def test_f5_an_examiner_hears_no_call_that_they_handled(web: Web) -> None:
    call = keep_call(web.hotline, "a", CALLED)
    with web.hotline.storage.writing() as tx:
        form = FormStore(tx).of_calls("node1", ["a"])["a"]
        assert FormStore(tx).update(replace(form, done_by="sun", version=2), 1)
    sun = web.signed_in(Role.EXAMINER, username="sun")
    for path in (
        f"/api/v1/recordings/{call.recordings[0].id}/audio",
        f"/recordings/{call.recordings[0].id}/audio",
        f"/api/v1/calls/{call.id}/quality",
    ):
        assert sun.get(path).status_code == 403, path


def test_operators_are_let_into_nothing_of_the_examiners(web: Web, operator: dict) -> None:
    call = keep_call(web.hotline, "a", CALLED)
    for path in (
        "score-forms",
        "draws",
        "appeals",
        "calibrations",
        f"calls/{call.id}/quality",
        "quality/figures?since=2026-11-01&until=2026-11-30",
    ):
        assert web.client().get(f"/api/v1/{path}", headers=operator).status_code == 403, path
    for path, body in (
        ("draws", {"week": "2026-W46"}),
        ("examinations", {"call_id": call.id}),
        ("examples", {"call_id": call.id, "title": "x", "lesson": "y"}),
    ):
        assert web.client().post(f"/api/v1/{path}", json=body, headers=operator).status_code == 403, path


def test_the_quality_of_a_call_is_shown_and_the_view_written_down(web: Web, examiner: dict) -> None:
    call = keep_call(web.hotline, "a", CALLED)
    measure(web.hotline, call)
    shown = web.client().get(f"/api/v1/calls/{call.id}/quality", headers=examiner).json
    assert (shown["score"]["score"], shown["score"]["points"]["answered"]) == (50.0, 3.0)
    assert {(f["rule"], f["breach"]) for f in shown["findings"]} >= {("A8", True), ("C8", False)}
    assert shown["recording_id"] is not None and shown["transcripts"] == []
    assert ("call.quality", f"call:{call.id}") in {(action, object) for _who, action, object in web.audit()}
    assert web.client().get("/api/v1/calls/999/quality", headers=examiner).status_code == 404


def test_a_week_is_drawn_once_and_a_calibration_hides_points(web: Web, examiner: dict) -> None:
    for name in ("sun", "zhou"):
        web.add_user(name, Role.EXAMINER)
    call = keep_call(web.hotline, "a", CALLED)
    measure(web.hotline, call)
    client = web.client()
    drawn = client.post("/api/v1/draws", json={"week": "2026-W46", "seed": "7f"}, headers=examiner)
    assert (drawn.status_code, drawn.json["drawn"], drawn.json["assigned"]) == (201, 1, 1)
    assert client.post("/api/v1/draws", json={"week": "2026-W46"}, headers=examiner).status_code == 409
    assert client.get("/api/v1/draws", headers=examiner).json["draws"][0]["by_why"] == {"low_score": 1}
    made = client.post(
        "/api/v1/calibrations",
        headers=examiner,
        json={"call_id": call.id, "title": "十一月", "examiners": ["sun", "zhou"]},
    )
    assert made.status_code == 201
    assert [(p["examiner"], p["points"]) for p in made.json["parts"]] == [("sun", None), ("zhou", None)]
    hidden = client.get(f"/api/v1/examinations/{made.json['parts'][0]['examination_id']}", headers=examiner)
    assert hidden.status_code == 403


def test_f9_everybody_sees_examples_and_only_examiners_which_call(web: Web, examiner: dict, operator: dict) -> None:
    call = keep_call(web.hotline, "a", CALLED)
    body = {"call_id": call.id, "title": "<script>", "lesson": "先听后说", "from_second": 3, "to_second": 9}
    assert web.client().post("/api/v1/examples", json={**body, "to_second": None}, headers=examiner).status_code == 422
    made = web.client().post("/api/v1/examples", json=body, headers=examiner)
    assert (made.status_code, made.json["call_id"]) == (201, call.id)
    [shown] = web.client().get("/api/v1/examples", headers=operator).json["examples"]
    assert (shown["call_id"], shown["title"]) == (None, "<script>")
    assert "138" not in str(shown) and "node1" not in str(shown)
    assert web.client().delete(f"/api/v1/examples/{shown['id']}", headers=examiner).status_code == 204
    assert web.client().get("/api/v1/examples", headers=operator).json["examples"] == []


def test_e6_an_order_reaches_the_operator_and_comes_back(web: Web, examiner: dict, qian: FlaskClient) -> None:
    body = {"extension": "1002", "text": "语速放慢", "due_at": "2026-11-20T18:00:00"}
    made = web.client().post("/api/v1/rectifications", json=body, headers=examiner)
    assert (made.status_code, made.json["operator_name"]) == (201, "钱伟")
    [shown] = qian.get("/api/v1/rectifications").json["rectifications"]
    assert shown["state"] == "issued"
    assert send(qian, f"/rectifications/{shown['id']}/done", note="已练习").json["state"] == "done"
    checked = web.client().post(
        f"/api/v1/rectifications/{shown['id']}/check", json={"confirmed": True}, headers=examiner
    )
    assert checked.json["state"] == "confirmed"


def test_the_figures_name_the_calls_behind_them(web: Web, examiner: dict) -> None:
    done = finished(web, examiner)
    found = web.client().get("/api/v1/quality/figures?since=2026-11-01&until=2026-11-30", headers=examiner).json
    [row] = found["operators"]
    assert (row["name"], row["examined"]["value"], row["examined"]["calls"]) == ("钱伟", 91.7, [done["call_id"]])
    assert found["rules"][0]["calls"]["calls"] == [done["call_id"]]
