"""What a leader sees and does: for their own people what a supervisor does for all, and nothing of others'."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from flask.testing import FlaskClient

from hotline.domain.operators.push import Reader
from hotline.domain.outbox import OutboxEntry
from hotline.domain.people import Actor, Role
from hotline.services.led import led_by
from hotline.services.operators.news import NewsSource
from hotline.services.outbox_topics import CALL, OPERATOR
from hotline.storage.accounts.users import UserStore
from hotline.storage.calls.store import CallStore
from hotline.web.push.teller import Teller
from tests.support.examination import measure
from tests.support.leaders import team
from tests.support.strangers import NUMBERS, SAID, Strangers, form_of, shown_in, somebody, strangers
from tests.support.web import Web, a_web, csrf_of


class World:
    """All that there is, is of zhao at 1001. One leader leads zhao, another leads qian at 1002."""

    def __init__(self, web: Web) -> None:
        self.web, self.there = web, strangers(web)
        somebody(web, "zhao", Role.OPERATOR, extension="1001")
        somebody(web, "qian", Role.OPERATOR, extension="1002")
        self.own = somebody(web, "sun", Role.LEADER)
        self.other = somebody(web, "li", Role.LEADER)
        team(web.hotline.storage, "一组", "sun", "zhao")
        team(web.hotline.storage, "二组", "li", "qian")

    def send(self, client: FlaskClient, method: str, path: str, body: Mapping[str, Any] | None = None) -> int:
        headers = {"X-CSRFToken": csrf_of(client.get("/password"))}
        kind = {"json": body} if path.startswith("/api/") else {"data": body}
        return client.open(path, method=method, headers=headers, **(kind if body is not None else {})).status_code  # type: ignore[arg-type]


@pytest.fixture
def world(web: Web) -> World:
    return World(web)


def _looks(there: Strangers) -> list[str]:
    return [
        f"/calls/{there.answered}",
        f"/api/v1/calls/{there.answered}",
        f"/api/v1/calls/{there.answered}/quality",
        f"/recordings/{there.recording}/audio",
        f"/api/v1/recordings/{there.recording}/audio",
        f"/api/v1/recordings/{there.recording}/peaks",
        f"/forms/{there.form}",
        f"/api/v1/forms/{there.form}",
        f"/cases/{there.case}",
        f"/api/v1/cases/{there.case}",
    ]


def test_a_leader_looks_at_what_is_their_peoples_and_at_nothing_of_others(world: World) -> None:
    paths = _looks(world.there)
    assert {path: world.own.get(path).status_code for path in paths} == dict.fromkeys(paths, 200)
    assert {path: world.other.get(path).status_code for path in paths} == dict.fromkeys(paths, 403)


@pytest.mark.parametrize("path", ["/calls", "/api/v1/calls", "/forms?owner=all&state=all", "/cases"])
def test_a_leaders_lists_hold_their_own_people_alone(world: World, path: str) -> None:
    """Their callers' numbers stand whole where the call is told of, as for a supervisor."""
    telling = {"/calls": "0001", "/api/v1/calls": "0001", "/cases": "漏电"}.get(path, "0001")
    assert telling in world.own.get(path).get_data(as_text=True)
    assert telling not in world.other.get(path).get_data(as_text=True)


def test_a_leader_sees_numbers_whole_of_their_peoples_calls_alone(world: World) -> None:
    assert shown_in(world.own.get("/calls").text) == {"answered", "talking"}
    assert "answered" in shown_in(world.own.get(f"/api/v1/forms/{world.there.form}").text)
    assert shown_in(world.other.get("/calls").text) == set()


def test_a_leader_does_for_their_people_what_a_supervisor_does_for_all(world: World) -> None:
    there = world.there
    acts: list[tuple[str, str, dict[str, Any]]] = [
        ("PUT", f"/api/v1/forms/{there.form}", {"version": 2, "content": "改"}),
        ("POST", f"/api/v1/forms/{there.form}/case", {"kind": "complaint", "title": "再报"}),
        ("POST", f"/api/v1/cases/{there.case}/acts/dismiss", {"given": {"reason": "已办", "polite_answer": "已说明"}}),
    ]
    for method, path, body in acts:
        assert world.send(world.other, method, path, body) == 403, path
        assert world.send(world.own, method, path, body) < 300, path


@pytest.mark.parametrize("act", ["pause", "resume", "sign-out", "spy"])
def test_a_leader_steers_and_hears_nobody_elses_people(world: World, act: str) -> None:
    """Theirs they may: what is refused then is that nobody sits there, or talks."""
    body = {"pause": {"reason": "x"}, "sign-out": {"reason": "x"}, "spy": {"mode": "listen"}}.get(act, {})
    path = f"/api/v1/floor/operators/1001/{act}"
    assert world.send(world.other, "POST", path, body) == 403
    assert world.send(world.own, "POST", path, body) in (409, 422)


def test_a_leader_sees_their_part_of_the_floor(world: World) -> None:
    own, other = world.own.get("/api/v1/floor").json, world.other.get("/api/v1/floor").json
    assert [each["extension"] for each in own["operators"]] == ["1001"]
    assert [each["call_id"] for each in own["calls"]] == [world.there.talking]
    assert [each["extension"] for each in other["operators"]] == ["1002"]
    assert other["calls"] == []


def test_a_leader_is_told_of_their_people_alone(world: World) -> None:
    web = world.web
    entries = [
        OutboxEntry(CALL, {"id": world.there.talking}, web.now, 1),
        OutboxEntry(OPERATOR, {"extension": "1001"}, web.now, 2),
    ]
    told = {}
    for name in ("sun", "li"):
        with web.hotline.storage.reading() as tx:
            user = UserStore(tx).by_username(name)
        assert user is not None and user.id is not None
        led = led_by(web.hotline.storage, user.id, web.now)
        reader = Reader(Actor(name, user.roles, name, user.id, led=led), floor=True)
        with NewsSource(web.hotline.storage, lambda: web.hotline.settings).snapshot() as news:
            teller = Teller(news, web.now, entries)
            told[name] = [teller.about(entry, reader, lambda _id: None) is not None for entry in entries]
    assert told == {"sun": [True, True], "li": [False, False]}


def test_a_leader_takes_free_callbacks_and_sees_no_others(world: World) -> None:
    callback = world.there.callback
    assert world.send(world.own, "POST", f"/callbacks/{callback}/take", {}) == 302
    number = NUMBERS["abandoned"][-4:]
    assert number in world.own.get("/callbacks").text
    assert number not in world.other.get("/callbacks").text
    assert world.send(world.other, "POST", f"/callbacks/{callback}/close", {"note": "x"}) in (302, 403)
    assert number in world.own.get("/callbacks").text, "still open: others close none of theirs"


def test_the_record_of_the_call_is_the_one_looked_at(world: World) -> None:
    assert form_of(world.web, "s-1").id == world.there.form


@pytest.fixture
def web(tmp_path: Any) -> Web:
    return a_web(tmp_path)


def _measure(world: World) -> None:
    with world.web.hotline.storage.reading() as tx:
        stored = CallStore(tx).by_id(world.there.answered)
    assert stored is not None
    measure(world.web.hotline, stored)


def _figures(client: FlaskClient, **asked: str) -> Any:
    return client.get(
        "/api/v1/quality/figures", query_string={"since": "2026-11-01", "until": "2026-12-01", **asked}
    ).get_json()


def test_a_leader_has_figures_of_their_own_people_alone(world: World) -> None:
    """Whoever supervises has the same: all that there is, is of one operator."""
    _measure(world)
    boss = _figures(world.web.signed_in(Role.SUPERVISOR, username="boss"))
    assert [each["key"] for each in boss["operators"]] == ["1001"]
    own, other = _figures(world.own), _figures(world.other)
    assert own["total"] == boss["total"] and own["operators"] == boss["operators"]
    assert own["rules"] == boss["rules"] and own["items"] == boss["items"]
    assert other["operators"] == other["rules"] == [] and other["total"]["automatic"] != own["total"]["automatic"]
    assert _figures(world.own, extension="1002")["operators"] == []
    for path in ("/quality", "/quality?operator=1001", "/quality/calls?of=automatic", "/quality/figures.csv"):
        for client in (world.own, world.other):
            answer = client.get(path)
            assert answer.text and answer.status_code == 200  # read to its end: a table is streamed
    assert "赵敏" not in world.other.get("/quality/figures.csv?operator=1001").text


def test_a_leader_searches_what_is_their_peoples_alone(world: World) -> None:
    def found(client: FlaskClient, **asked: str) -> int:
        return len(client.get("/api/v1/search", query_string={"q": SAID, **asked}).get_json()["found"])

    assert found(world.own) > 0 and found(world.own, operator="1001") > 0
    assert found(world.own, operator="1002") == 0
    assert found(world.other) == found(world.other, operator="1001") == 0
