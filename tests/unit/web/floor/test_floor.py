"""The floor by API and page, and the wall with its displays."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from hotline.domain.customers.customer import Customer, read_number
from hotline.domain.operators.presence import Activity, OperatorPresence
from hotline.domain.people import Role
from hotline.services.line.routing import line_shown
from hotline.storage.accounts.users import UserStore
from hotline.storage.audit import AuditLog
from hotline.storage.customers.store import CustomerStore
from hotline.storage.operators.store import PresenceStore
from hotline.web.floor import wallboard_stream
from tests.support.sample_calls import MONDAY_TEN, abandoned_call, answered_call, bare_call, talking_call, with_name
from tests.support.web import NOW, Web

HOSTILE = "<script>document.title='taken'</script>\u202e👩‍👩‍👧 \x07"


class Supervisor:
    """Somebody who manages the hotline, in a browser, with a phone of their own."""

    def __init__(self, web: Web, extension: str | None = "1002") -> None:
        self.web = web
        self.client = web.signed_in(Role.SUPERVISOR, username="chen")
        with web.hotline.storage.writing() as tx:
            user = UserStore(tx).by_username("chen")
            assert user is not None
            UserStore(tx).update(replace(user, extension=extension))
        page = self.client.get("/floor").text
        self.data = json.loads(re.findall(r'id="floor-data">(.*?)</script>', page)[0])

    def ask(self, method: str, path: str, body: object = None) -> TestResponse:
        return self.client.open(
            f"/api/v1/floor{path}", method=method, json=body, headers={"X-CSRFToken": self.data["csrf_token"]}
        )


@pytest.fixture
def chen(web: Web) -> Supervisor:
    web.pbx.handsets = {"1001": "In use", "1002": "Not in use"}
    web.pbx.members = {("service", "1001"): (False, "")}
    with web.hotline.storage.writing() as tx:
        PresenceStore(tx).save(
            [
                OperatorPresence(
                    "1001",
                    NOW,
                    NOW,
                    ("service",),
                    activity=Activity.TALKING,
                    node="node1",
                    linkedid="talks",
                    activity_since=NOW,
                    reachable=True,
                )
            ]
        )
    web.keep(
        with_name(talking_call("talks", NOW), HOSTILE),
        abandoned_call("left", NOW - timedelta(minutes=5)),
        answered_call("had", NOW - timedelta(hours=1)),
        answered_call("earlier", NOW - timedelta(days=1)),
    )
    return Supervisor(web)


def test_the_floor_in_one_answer(chen: Supervisor) -> None:
    answer = chen.ask("GET", "")
    assert answer.status_code == 200
    floor = answer.json
    (call,) = floor["calls"]
    assert (call["linkedid"], call["stage"], call["talking"]["name"]) == ("talks", "talking", "赵敏")
    assert call["number_shown"] == "13912345678"
    assert {o["extension"]: o["state"] for o in floor["operators"]} == {"1001": "talking", "1002": "offline"}
    assert floor["line"]["open"] is True
    figures = floor["today"]["figures"]
    assert (figures["incoming"], figures["answered"], figures["abandoned"]["queue"]) == (3, 2, 1)
    assert floor["queues"][0]["operators_signed_in"] == 1
    assert ("chen", "floor.view", "floor") in chen.web.audit()


def test_callers_who_wait_stand_in_their_queue(chen: Supervisor) -> None:
    waiting = abandoned_call("waits", NOW - timedelta(seconds=40))
    stay = replace(waiting.queues[0], left_at=None, result="")
    chen.web.keep(replace(waiting, ended_at=None, outcome=None, hang_up=None, queues=(stay,)))
    (queue,) = chen.ask("GET", "").json["queues"]
    assert (queue["waiting"], queue["longest_wait_since"]) == (1, "2026-11-16T02:29:30Z")


def test_a_customers_level_stands_on_the_floor_and_is_counted_on_the_wall(chen: Supervisor) -> None:
    call = abandoned_call("waits", NOW - timedelta(seconds=40))
    stay = replace(call.queues[0], left_at=None, result="")
    chen.web.keep(replace(call, ended_at=None, outcome=None, hang_up=None, queues=(stay,)))
    known = chen.ask("GET", "").json
    assert {each["level"] for each in known["calls"]} == {""} and known["queues"][0]["important"] == 0
    with chen.web.hotline.storage.writing() as tx:
        numbers = (read_number(call.caller.number),)
        CustomerStore(tx).add(Customer(name="周总", level="important", numbers=numbers, created_at=NOW, updated_at=NOW))
    known = chen.ask("GET", "").json
    assert {each["linkedid"]: each["level"] for each in known["calls"]}["waits"] == "重要客户"
    assert (known["queues"][0]["waiting"], known["queues"][0]["important"]) == (1, 1)


def test_the_figures_follow_the_ledger(chen: Supervisor) -> None:
    assert chen.ask("GET", "/today").json["figures"]["answered"] == 2
    chen.web.keep(answered_call("new", NOW))
    assert chen.ask("GET", "/today").json["figures"]["answered"] == 3


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.EXAMINER])
def test_the_floor_is_for_who_steers(web: Web, role: Role) -> None:
    headers, client = web.program(role), web.client()
    for path in ("", "/today", "/displays"):
        assert client.get(f"/api/v1/floor{path}", headers=headers).status_code == 403
    spy = client.post("/api/v1/floor/operators/1001/spy", json={"mode": "listen"}, headers=headers)
    assert spy.status_code == 403


def test_a_change_needs_the_token_of_the_page(chen: Supervisor) -> None:
    answer = chen.client.post("/api/v1/floor/operators/1001/pause", json={"reason": "x"})
    assert answer.status_code == 400
    assert chen.web.pbx.members[("service", "1001")] == (False, "")


def test_an_operator_is_paused_and_resumed(chen: Supervisor) -> None:
    assert chen.ask("POST", "/operators/1001/pause", {"reason": "开会"}).status_code == 200
    assert chen.web.pbx.members[("service", "1001")] == (True, "supervisor")
    assert ("chen", "operator.pause", "operator:1001") in chen.web.audit()
    assert chen.ask("POST", "/operators/1001/resume", {}).json["extension"] == "1001"


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("/operators/1001/pause", {}, 422, "refused"),
        ("/operators/1001/pause", {"reason": " "}, 422, "refused"),
        ("/operators/1001/pause", {"reason": "x" * 201}, 422, "refused"),
        ("/operators/4711/pause", {"reason": "x"}, 404, "not_found"),
        ("/operators/1002/pause", {"reason": "x"}, 409, "not_signed_in"),
        ("/operators/1002/sign-out", {"reason": "x"}, 409, "not_signed_in"),
        ("/operators/1001/spy", {"mode": "sing"}, 422, "refused"),
        ("/operators/1001/spy", {"mode": "listen"}, 409, "not_in_call"),
        ("/operators/1002/spy", {"mode": "listen"}, 422, "refused"),
        ("/calls/99/take-over", {}, 404, "not_found"),
        ("/line", {"mode": "open", "until": "2020-01-01T00:00:00", "reason": "x"}, 422, "refused"),
    ],
)
def test_what_cannot_be_is_refused_with_a_code(
    chen: Supervisor, path: str, body: dict[str, str], status: int, code: str
) -> None:
    answer = chen.ask("POST", path, body)
    assert (answer.status_code, answer.json["code"]) == (status, code)


def test_listening_in_rings_the_supervisors_own_phone(chen: Supervisor) -> None:
    chen.web.pbx.live = [{"Channel": "PJSIP/1001-7", "Uniqueid": "x", "BridgeId": "b"}]
    assert chen.ask("POST", "/operators/1001/spy", {"mode": "whisper"}).status_code == 204
    assert chen.web.pbx.dialled[0][:3] == ("PJSIP/1002", "hl-spy", "whisper")
    assert ("chen", "call.whisper", "operator:1001") in chen.web.audit()


def test_a_supervisor_without_a_phone_is_told(web: Web) -> None:
    answer = Supervisor(web, extension=None).ask("POST", "/operators/1001/spy", {"mode": "listen"})
    assert (answer.status_code, answer.json["code"]) == (409, "no_phone")


def test_asterisk_away_is_said(chen: Supervisor) -> None:
    chen.web.pbx.away = "gone"
    answer = chen.ask("POST", f"/calls/{chen.web.call_id('talks')}/take-over", {})
    assert (answer.status_code, answer.json["code"]) == (503, "pbx")


def test_the_line_is_declared_from_the_floor(chen: Supervisor) -> None:
    answer = chen.ask("POST", "/line", {"mode": "closed", "until": "2026-11-16T15:00", "reason": HOSTILE})
    assert answer.json["open"] is False
    assert answer.json["declared"]["by"] == "Chen"
    assert "\x07" not in answer.json["declared"]["reason"]
    assert chen.ask("DELETE", "/line").json["declared"] is None
    assert line_shown(chen.web.hotline.storage, chen.web.hotline.settings, NOW).declared is None


# ---- the wall
def a_display(chen: Supervisor, name: str = "大厅") -> tuple[FlaskClient, dict]:
    """A browser that opened the link, and what the supervisor was told."""
    made = chen.ask("POST", "/displays", {"name": name})
    assert made.status_code == 201
    client = chen.web.client()
    link = made.json["link"]
    assert client.get(link[link.index("/floor/wall/enter/") :]).location == "/floor/wall"
    return client, made.get_json()


def first_event(client: FlaskClient) -> dict:
    """The wall as the stream tells it at first."""
    chunks = client.get("/floor/wall/events", buffered=False).iter_encoded()
    assert next(chunks) == b"retry: 2000\n\n"
    name, data = next(chunks).decode().split("\n")[:2]
    chunks.close()  # type: ignore[attr-defined]
    assert name == "event: wall"
    return json.loads(data.removeprefix("data: "))


def test_a_display_sees_the_wall_and_nothing_else(chen: Supervisor) -> None:
    client, _made = a_display(chen)
    assert client.get("/floor/wall").status_code == 200
    assert client.get("/floor").location.startswith("/sign-in")
    assert client.get("/calls").location.startswith("/sign-in")
    assert client.get("/api/v1/floor").status_code == 401


def test_the_wall_holds_no_number_and_no_name_of_a_caller(chen: Supervisor) -> None:
    client, _made = a_display(chen)
    shown = first_event(client)
    text = json.dumps(shown, ensure_ascii=False) + client.get("/floor/wall").text
    assert "1391234" not in text and "5678" not in text and "taken" not in text
    assert shown["calls"] == {"talking": 1}
    assert shown["operators"] == [{"name": "赵敏", "state": "talking", "since": "2026-11-16T02:30:00Z"}]
    assert shown["today"]["figures"]["answered"] == 2


def test_a_revoked_display_shows_nothing_any_more(chen: Supervisor, monkeypatch: pytest.MonkeyPatch) -> None:
    client, made = a_display(chen)
    monkeypatch.setattr(wallboard_stream, "EVERY", 0.0)
    monkeypatch.setattr(wallboard_stream, "HEARTBEAT", 0.0)
    chunks = client.get("/floor/wall/events", buffered=False).iter_encoded()
    assert next(chunk for chunk in chunks if chunk.startswith(b"event: wall"))
    assert chen.ask("DELETE", f"/displays/{made['id']}").status_code == 204
    assert next(chunk for chunk in chunks if chunk.startswith(b"event: over"))
    assert list(chunks) == []
    assert client.get("/floor/wall").location.startswith("/sign-in")
    assert client.get("/floor/wall/events").location.startswith("/sign-in")
    assert chen.ask("DELETE", f"/displays/{made['id']}").status_code == 404
    actions = [entry[1] for entry in chen.web.audit()]
    assert "display.add" in actions and "display.revoke" in actions


def test_a_display_is_listed_with_when_it_was_seen_and_without_its_token(chen: Supervisor) -> None:
    _client, made = a_display(chen)
    (listed,) = chen.ask("GET", "/displays").json["displays"]
    assert (listed["name"], listed["created_by"], listed["seen_at"]) == ("大厅", "chen", "2026-11-16T02:30:00Z")
    assert made["link"].rsplit("/", 1)[1] not in json.dumps(listed)
    with chen.web.hotline.storage.reading() as tx:
        stored = json.dumps([str(entry) for entry in AuditLog(tx).latest(100)])
    assert made["link"].rsplit("/", 1)[1] not in stored


@pytest.mark.parametrize("token", ["x", "x" * 5000, "..%2f..", "%00"])
def test_a_link_that_nobody_made_leads_nowhere(web: Web, token: str) -> None:
    answer = web.client().get(f"/floor/wall/enter/{token}")
    assert answer.status_code == 404
    assert "hotline_display" not in answer.headers.get("Set-Cookie", "")


@pytest.mark.parametrize("name", ["", "   ", "长" * 41, "\r\n"])
def test_a_display_needs_a_name(chen: Supervisor, name: str) -> None:
    assert chen.ask("POST", "/displays", {"name": name}).status_code == 422


def test_two_displays_of_one_name_are_one_too_many(chen: Supervisor) -> None:
    a_display(chen)
    assert chen.ask("POST", "/displays", {"name": "大厅"}).status_code == 422
    assert chen.ask("POST", "/displays", {"name": HOSTILE[:40]}).status_code == 201


def test_the_cookie_goes_to_the_wall_alone_and_to_no_script(chen: Supervisor) -> None:
    made = chen.ask("POST", "/displays", {"name": "x"}).json
    answer = chen.web.client().get(made["link"][made["link"].index("/floor/") :])
    cookie = next(c for c in answer.headers.getlist("Set-Cookie") if c.startswith("hotline_display"))
    assert "HttpOnly" in cookie and "Path=/floor/wall" in cookie and "SameSite=Lax" in cookie


def test_a_call_in_the_menu_is_on_the_line_too(web: Web) -> None:
    web.keep(bare_call("menu", MONDAY_TEN))
    chen = Supervisor(web)
    assert [call["stage"] for call in chen.ask("GET", "").json["calls"]] == ["ivr"]
