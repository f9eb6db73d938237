"""One's own day on its page, on the console, and in the API."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from hotline.domain.people import Role
from hotline.storage.accounts.users import UserStore
from hotline.storage.forms.store import FormStore
from tests.support.sample_calls import answered_call
from tests.support.sample_forms import open_form
from tests.support.web import Web


def operator(web: Web) -> FlaskClient:
    client = web.signed_in(Role.OPERATOR, username="zhao")
    with web.hotline.storage.writing() as tx:
        user = UserStore(tx).by_username("zhao")
        assert user is not None
        UserStore(tx).update(replace(user, extension="1001"))
    return client


def test_each_tile_opens_its_list(web: Web) -> None:
    web.keep(answered_call("a", web.now - timedelta(hours=1)))
    with web.hotline.storage.writing() as tx:
        FormStore(tx).add(
            [replace(open_form(answered_call("b"), web.now, "1001"), due_at=web.now - timedelta(hours=1))]
        )
    client = operator(web)
    page = client.get("/my-day?lang=zh").text
    assert "今日接听" in page and "已超时" in page and "待回电" in page
    tiles = re.findall(r'<a class="card day-tile[^"]*" href="([^"]+)"', page)
    assert len(tiles) >= 8 and all(client.get(each.replace("&amp;", "&")).status_code == 200 for each in tiles)


@pytest.mark.parametrize("role", Role)
def test_everybody_has_one_and_the_tiles_alone(web: Web, role: Role) -> None:
    client = web.signed_in(role)
    page, tiles = client.get("/my-day"), client.get("/my-day/tiles", headers={"X-By-Itself": "1"})
    assert (page.status_code, tiles.status_code) == (200, 200)
    assert "<html" in page.text and "<html" not in tiles.text
    links = re.findall(r'<a class="card day-tile[^"]*" href="([^"]+)"', tiles.text)
    assert all(client.get(each.replace("&amp;", "&")).status_code == 200 for each in links)


def test_what_waits_for_a_supervisor_stands_there_too(web: Web) -> None:
    boss = web.signed_in(Role.SUPERVISOR, username="boss")
    assert "等待您处理" not in boss.get("/my-day?lang=zh").text
    web.add_user("zhao", Role.OPERATOR)
    zhao = web.signed_in(Role.OPERATOR, username="wang")
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', zhao.get("/shifts/mine").text)
    assert token is not None
    wish = {"since": "2026-11-23T00:00:00+08:00", "until": "2026-11-24T00:00:00+08:00", "reason": "探亲"}
    assert zhao.post("/api/v1/leaves", json=wish, headers={"X-CSRFToken": token[1]}).status_code == 201
    assert "等待您处理" in boss.get("/my-day").text


def test_the_console_has_a_place_for_it(web: Web) -> None:
    page = operator(web).get("/console").text
    assert 'id="own-day"' in page and "day-tile" in page


def test_the_api_tells_it(web: Web) -> None:
    found = web.client().get("/api/v1/own-day", headers=web.program(Role.SUPERVISOR)).json
    assert found["day"] == "2026-11-16" and {"cases", "callbacks"} <= {each["figure"] for each in found["figures"]}
    assert web.client().get("/api/v1/own-day").status_code == 401
