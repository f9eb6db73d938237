"""The console's API: who I am, my state, and what I do with my calls."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from hotline.domain.calls.call import Call, Party, PartyKind, Talk
from hotline.domain.operators.presence import Activity, OperatorPresence, TransferState
from hotline.domain.people import Role
from hotline.services.staff.tenures import keep_account
from hotline.storage.accounts.users import UserStore
from hotline.storage.forms.store import FormStore
from hotline.storage.operators.store import PresenceStore, TransferStore
from hotline.storage.transaction import Transaction
from tests.support.rows import a_call
from tests.support.web import Web, a_web, csrf_of

FORMS = "\n[console]\nmax_unfinished_forms = 0\n"


@pytest.fixture
def web(tmp_path: Path) -> Web:
    return a_web(tmp_path)


def operator(web: Web, extension: str | None = "1001", *roles: Role) -> FlaskClient:
    client = web.signed_in(*(roles or (Role.OPERATOR,)), username=_name(extension))
    with web.hotline.storage.writing() as tx:
        user = UserStore(tx).by_username(_name(extension))
        assert user is not None
        UserStore(tx).update(replace(user, extension=extension))
    return client


def _name(extension: str | None) -> str:
    return f"op{extension or ''}x"


def post(client: FlaskClient, path: str, **body: object) -> TestResponse:
    token = csrf_of(client.get("/password"))
    return client.post(f"/api/v1/console/{path}", json=body, headers={"X-CSRFToken": token})


def talking(web: Web, linkedid: str = "node1-1.1") -> tuple[int, Call]:
    """A call in progress that 1001 talks in, as ledger and Asterisk have it."""
    talk = Talk(Party(PartyKind.OPERATOR, "1001", "赵敏"), web.now, None)
    call = a_call(linkedid, web.now, ended_at=None, outcome=None, hang_up=None, talks=(talk,))
    web.keep(call)
    web.pbx.live = [
        {"Channel": "PJSIP/trunk-00000001", "Linkedid": linkedid, "Uniqueid": linkedid, "BridgeId": "b"},
        {"Channel": "PJSIP/1001-00000002", "Linkedid": linkedid, "Uniqueid": "node1-1.2", "BridgeId": "b"},
        {"Channel": "PJSIP/10010-00000003", "Linkedid": linkedid, "Uniqueid": "node1-1.3", "BridgeId": "b"},
    ]
    return web.call_id(linkedid), call


def test_whoever_sits_here_is_told_who_they_are(web: Web) -> None:
    said = operator(web).get("/api/v1/console/me").json
    assert said["operator"]["extension"] == "1001" and said["operator"]["state"] == "offline"
    assert said["phone"] == {
        "kind": "sip",
        "extension": "1001",
        "password": None,
        "ws_url": None,
        "sip_uri": None,
        "ice_servers": [],
    }
    assert said["settings"]["pause_reasons"]["meal"] == "用餐"
    assert said["server_time"].endswith("Z")


def test_an_account_that_is_no_operator_has_no_console(web: Web) -> None:
    assert operator(web, None).get("/api/v1/console/me").status_code == 403
    assert operator(web, "7777").get("/api/v1/console/me").json["code"] == "forbidden"


def test_an_examiner_has_no_console(web: Web) -> None:
    """F5"""
    assert operator(web, "1001", Role.EXAMINER).get("/api/v1/console/me").status_code == 403


def test_being_ready_signs_in_to_the_queues_and_offline_signs_out(web: Web) -> None:
    client = operator(web)
    assert post(client, "state", state="ready").status_code == 200
    assert web.pbx.members == {("service", "1001"): (False, "")}
    assert post(client, "state", state="paused", reason="meal").status_code == 200
    assert web.pbx.members == {("service", "1001"): (True, "meal")}
    assert post(client, "state", state="offline").status_code == 200
    assert web.pbx.members == {}


@pytest.mark.parametrize("reason", ["", "wrap-up", "supervisor", "<script>", "x" * 65, "none\r\nAction: Logoff"])
def test_only_the_settings_reasons_pause(web: Web, reason: str) -> None:
    assert post(operator(web), "state", state="paused", reason=reason).status_code == 422
    assert web.pbx.members == {}


def test_too_many_unfinished_forms_stop_ready(tmp_path: Path) -> None:
    """B1"""
    web = a_web(tmp_path, FORMS)
    client = operator(web)
    web.keep(a_call("node1-1.9", talks=(Talk(Party(PartyKind.OPERATOR, "1001"), web.now, web.now),)))
    with web.hotline.storage.writing() as tx:
        if not FormStore(tx).unfinished():
            _open_form(tx, web)
    answer = post(client, "state", state="ready")
    assert (answer.status_code, answer.json["code"]) == (409, "unfinished_forms")
    assert web.pbx.members == {}
    assert post(client, "state", state="paused", reason="writing").status_code == 200


def _open_form(tx: Transaction, web: Web) -> None:
    from sqlalchemy import insert

    from hotline.storage.forms.tables import call_form

    tx.connection.execute(
        insert(call_form).values(
            node="node1",
            linkedid="node1-1.9",
            line="main",
            number="",
            called_at=web.now,
            origin="operator",
            owner="1001",
            owner_name="",
            state="open",
            version=1,
            fields={},
            created_at=web.now,
            updated_at=web.now,
            updated_by="",
        )
    )


def test_asterisk_away_is_said(web: Web) -> None:
    web.pbx.away = "Asterisk is away"
    answer = post(operator(web), "state", state="ready")
    assert (answer.status_code, answer.json["code"]) == (503, "pbx")


def test_a_change_without_the_csrf_token_is_refused(web: Web) -> None:
    assert operator(web).post("/api/v1/console/state", json={"state": "ready"}).status_code == 400


def test_seeing_the_console_keeps_it(web: Web) -> None:
    client = operator(web)
    post(client, "state", state="ready")
    web.clock.advance(seconds=20)
    seen = post(client, "seen")
    assert seen.json == client.get("/api/v1/console/me").json["settings"]
    with web.hotline.storage.reading() as tx:
        presence = PresenceStore(tx).get("1001")
    assert presence is not None and presence.console_seen_at == web.now and presence.via == "console"


def test_colleagues_are_shown_without_oneself(web: Web) -> None:
    said = operator(web).get("/api/v1/console/colleagues").json
    assert said == {"colleagues": [{"extension": "1002", "name": "钱伟", "state": "offline"}]}


@pytest.mark.parametrize(
    ("typed", "found"), [("qw", ["钱伟"]), ("qianw", ["钱伟"]), ("伟", ["钱伟"]), ("1002", ["钱伟"]), ("zm", [])]
)
def test_colleagues_are_found_as_the_directory_is(web: Web, typed: str, found: list[str]) -> None:
    """By name, extension, pinyin and its initials."""
    said = operator(web).get("/api/v1/console/colleagues", query_string={"q": typed}).json
    assert [each["name"] for each in said["colleagues"]] == found


def test_hanging_up_ends_ones_own_channel_alone(web: Web) -> None:
    call_id, _call = talking(web)
    assert post(operator(web), f"calls/{call_id}/hang-up").status_code == 204
    assert web.pbx.acts == [("hang_up", "PJSIP/1001-00000002")]
    assert post(operator(web, "1002"), f"calls/{call_id}/hang-up").status_code == 404


def test_a_phone_holds_itself(web: Web) -> None:
    call_id, _call = talking(web)
    for what in ("hold", "unhold"):
        answer = post(operator(web) if what == "hold" else operator(web, "1002"), f"calls/{call_id}/{what}")
        assert (answer.status_code, answer.json["code"]) == (409, "phone_holds_itself")


def test_a_reloaded_page_gets_its_call_back(web: Web) -> None:
    call_id, call = talking(web)
    client = operator(web)
    assert post(client, f"calls/{call_id}/rejoin").status_code == 404, "as far as is known the call is not theirs"
    busy = OperatorPresence(
        "1001", web.now, web.now, ("service",), activity=Activity.TALKING, node=call.node, linkedid=call.linkedid
    )
    with web.hotline.storage.writing() as tx:
        PresenceStore(tx).save([busy])
    assert post(client, f"calls/{call_id}/rejoin").status_code == 204
    assert web.pbx.acts[:2] == [
        ("redirect", "PJSIP/trunk-00000001", "1001", "hl-rejoin"),
        ("hang_up", "PJSIP/1001-00000002"),
    ], "nor does a colleague whom they consulted stay with a leg of nobody"


def barged_in(web: Web) -> int:
    """1002 has barged in on the talk of 1001."""
    call_id, call = talking(web)
    web.keep(replace(call, talks=(*call.talks, Talk(Party(PartyKind.OPERATOR, "1002", "钱伟"), web.now, None))))
    web.pbx.live.append(
        {
            "Channel": "PJSIP/1002-00000004",
            "Linkedid": call.linkedid,
            "Uniqueid": "node1-1.4",
            "BridgeId": "b",
            "Context": "hl-spy",
        }
    )
    return call_id


def test_who_has_barged_in_does_not_fetch_the_caller_away_by_loading_their_page_anew(web: Web) -> None:
    call_id = barged_in(web)
    client = operator(web, "1002")
    own = client.get("/api/v1/console/calls").get_json()
    assert [each["mine"] for each in own] == ["barged_in"], "the page fetches back whom it talks with alone"
    with web.hotline.storage.writing() as tx:
        busy = OperatorPresence("1002", web.now, web.now, activity=Activity.TALKING, node="node1", linkedid="node1-1.1")
        PresenceStore(tx).save([busy])
    assert post(client, f"calls/{call_id}/rejoin").status_code == 404
    assert web.pbx.acts == []


def test_whose_extension_it_was_when_the_call_began_gets_it_back_and_nobody_else(web: Web) -> None:
    call_id, _call = talking(web)
    operator(web)
    with web.hotline.storage.writing() as tx:
        busy = OperatorPresence("1001", web.now, web.now, activity=Activity.TALKING, node="node1", linkedid="node1-1.1")
        PresenceStore(tx).save([busy])
    heir = web.signed_in(Role.OPERATOR, username="heir")

    def give(username: str, extension: str | None) -> None:
        with web.hotline.storage.writing() as tx:
            user = UserStore(tx).by_username(username)
            assert user is not None and user.id is not None
            UserStore(tx).update(replace(user, extension=extension))
            keep_account(tx, user.id, user.display_name, True, extension, web.now, "chief")

    give("op1001x", "1001")
    web.clock.advance(minutes=1)
    give("op1001x", None)
    give("heir", "1001")
    assert post(heir, f"calls/{call_id}/rejoin").status_code == 404
    assert web.pbx.acts == []


def test_a12_only_who_has_the_caller_passes_them_on(web: Web) -> None:
    call_id = barged_in(web)
    refused = transfer(operator(web, "1002"), call_id, to={"extension": "1001"})
    assert (refused.status_code, web.pbx.acts) == (409, [])
    assert transfer(operator(web), call_id).status_code == 201
    assert web.pbx.acts == [
        ("hang_up", "PJSIP/1002-00000004"),
        ("blind_transfer", "PJSIP/1001-00000002", "1002", "hl-transfer"),
    ], "of three in a bridge Asterisk passes on nobody"


def transfer(client: FlaskClient, call_id: int, **changes: object) -> TestResponse:
    body = {"kind": "blind", "to": {"extension": "1002"}, "consent": True, "reason": "技术问题 🔧", **changes}
    return post(client, f"calls/{call_id}/transfer", **body)


def test_a_caller_is_passed_on_with_consent_and_reason(web: Web) -> None:
    """A12"""
    call_id, _call = talking(web)
    client = operator(web)
    refused: list[dict[str, Any]] = [
        {"consent": False},
        {"reason": "  "},
        {"reason": "x" * 501},
        {"to": {}},
        {"to": {"extension": "1001"}},
        {"to": {"extension": "1002", "person_id": 1}},
        {"kind": "warm"},
    ]
    for wrong in refused:
        assert transfer(client, call_id, **wrong).status_code == 422
    assert web.pbx.acts == []
    made = transfer(client, call_id)
    assert made.status_code == 201
    assert web.pbx.acts == [("blind_transfer", "PJSIP/1001-00000002", "1002", "hl-transfer")]
    said = client.get(f"/api/v1/console/transfers/{made.json['transfer_id']}").json
    assert (said["state"], said["to_name"], said["reason"]) == ("begun", "钱伟", "技术问题 🔧")
    assert transfer(client, call_id).status_code == 409, "one at a time"
    assert ("op1001x", "call.transfer", f"call:{call_id}") in web.audit()


def test_a_colleague_is_consulted_first_and_the_two_are_joined(web: Web) -> None:
    """A12"""
    call_id, _call = talking(web)
    client = operator(web)
    first = transfer(client, call_id, kind="attended").json["transfer_id"]
    assert post(client, f"transfers/{first}/cancel").status_code == 204
    assert post(client, f"transfers/{first}/cancel").status_code == 422
    second = transfer(client, call_id, kind="attended").json["transfer_id"]
    assert post(operator(web, "1002"), f"transfers/{second}/complete").status_code == 404
    assert post(client, f"transfers/{second}/complete").status_code == 204
    assert [act[0] for act in web.pbx.acts] == ["attended_transfer", "cancel_transfer", "attended_transfer", "hang_up"]
    told = ("HL_CONSULT=1002", "HL_ASKER=1001", "HL_CALLER_CHANNEL=PJSIP/trunk-00000001")
    assert web.pbx.acts[0][1:] == ("PJSIP/1001-00000002", "*1", "hl-transfer", *told)


def test_a_transfer_that_asterisk_refuses_has_failed(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    call_id, _call = talking(web)
    client = operator(web)
    working = web.pbx.blind_transfer

    def refuse(*_words: str) -> None:
        web.pbx.away = "no such channel"
        try:
            working("", "", "")
        finally:
            web.pbx.away = ""

    monkeypatch.setattr(web.pbx, "blind_transfer", refuse)
    assert transfer(client, call_id).status_code == 503
    with web.hotline.storage.reading() as tx:
        assert [order.state for order in TransferStore(tx).of("node1", "node1-1.1")] == [TransferState.FAILED]


def test_nobody_unknown_is_transferred_to(web: Web) -> None:
    call_id, _call = talking(web)
    client = operator(web)
    assert transfer(client, call_id, to={"extension": "1009"}).status_code == 404
    assert transfer(client, call_id, to={"person_id": 77}).status_code == 404


def test_what_is_paid_with_stays_out_of_the_recording(web: Web) -> None:
    """G2"""
    call_id, _call = talking(web)
    client = operator(web)
    assert post(client, f"calls/{call_id}/pause-recording").status_code == 204
    assert post(client, f"calls/{call_id}/resume-recording").status_code == 204
    assert web.pbx.pauses == [("PJSIP/trunk-00000001", True), ("PJSIP/trunk-00000001", False)]
    assert post(operator(web, "1002"), f"calls/{call_id}/pause-recording").status_code == 404
