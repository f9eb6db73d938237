"""F7, E4: the dashboard says what the reports say, of whom the reader may see; tiles are chosen without scripts."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from hotline.domain.people import Role
from hotline.domain.staff.records import Tenure
from hotline.services.reports.facts import follow
from hotline.storage.staff.spans import TenureStore
from tests.support.instance import at
from tests.support.leaders import person_of
from tests.support.sample_calls import abandoned_call, answered_call
from tests.support.web import Web, post

OWN, DEFAULT, WALL = (f"/dashboards/change/{place}" for place in ("own", "default", "wallboard"))


@pytest.fixture
def boss(web: Web) -> FlaskClient:
    client = web.signed_in(Role.SUPERVISOR, username="boss")
    web.keep(
        answered_call("node1-1.2", start=at("2026-11-16 09:05:00")),
        answered_call("node1-1.3", start=at("2026-11-15 09:05:00")),
        answered_call("node1-1.6", start=at("2026-11-15 16:35:00")),
        abandoned_call(start=at("2026-11-16 09:40:00")),
    )
    follow(web.hotline.storage, web.hotline.settings, web.now)
    return client


def _save(client: FlaskClient, address: str, *tiles: str, version: str = "0", period: str = "today") -> TestResponse:
    return post(client, address, act="save", version=version, period=period, tile=list(tiles))


def _tile(page: str, title: str) -> str:
    """The words of one tile."""
    found = next(each for each in re.findall(r'<a class="card board-tile".*?</a>', page, re.DOTALL) if title in each)
    return re.sub(r"\s+", " ", re.sub(r"<svg.*?</svg>|<[^>]+>", " ", found, flags=re.DOTALL))


def test_f7_today_beside_yesterday_up_to_the_same_hour(web: Web, boss: FlaskClient) -> None:
    page = boss.get("/dashboards").text
    assert " 2 +1 " in _tile(page, "呼入量") and "之前：1" in _tile(page, "呼入量")
    assert "50 %" in _tile(page, "接通率") and "更差" in _tile(page, "接通率") and "共 2" in _tile(page, "接通率")
    assert "/reports/view/volume?period=today" in page and "/reports/rules/A8?" in page
    assert boss.get("/dashboards/tiles").text.count("board-tile") == page.count("board-tile")


def test_f7_a_tile_is_narrowed_and_opens_its_report_narrowed(web: Web, boss: FlaskClient) -> None:
    assert _save(boss, OWN, "figure:incoming:line:main", "figure:incoming:line:spare").status_code == 302
    page = boss.get("/dashboards").text
    assert page.index("line=main") < page.index("line=spare")
    assert re.findall(r'board-value numeric">(\d+)', page) == ["2", "0"]


def test_f7_tiles_are_added_moved_and_taken_away_before_they_are_saved(web: Web, boss: FlaskClient) -> None:
    tiles = ["figure:incoming", "figure:answered", "figure:lost"]

    def order(answer: TestResponse) -> list[str]:
        return re.findall(r'name="tile" value="([^"]+)"', answer.text)

    moved = post(boss, OWN, act="up:2", version="0", period="week", tile=tiles)
    assert order(moved) == ["figure:incoming", "figure:lost", "figure:answered"]
    assert 'value="up:1" data-act="up"' in moved.text and re.search(r'value="up:1"[^>]*autofocus', moved.text)
    assert order(post(boss, OWN, act="up:0", version="0", period="week", tile=tiles)) == tiles
    assert order(post(boss, OWN, act="down:2", version="0", period="week", tile=tiles)) == tiles
    assert order(post(boss, OWN, act="remove:0", version="0", period="week", tile=tiles)) == tiles[1:]
    added = post(boss, OWN, act="add", version="0", period="week", tile=tiles, what="rule:A8", of="line:main")
    assert order(added) == [*tiles, "rule:A8:line:main"]
    assert 'value="week" selected' in added.text
    assert order(boss.get(OWN))[0] == "figure:incoming" and len(order(boss.get(OWN))) > 4  # nothing was kept


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"act": "add", "what": "figure:incoming", "of": ""}, "已经有了"),
        ({"act": "add", "what": "figure:line_up", "of": "person:1"}, "不能这样细分"),
        ({"act": "add", "what": "figure:none", "of": ""}, "没有名为"),
        ({"act": "save", "period": "days"}, "请从给出的时间里选一个"),
        ({"act": "save", "tile": ["figure:incoming", "<script>"]}, "没有名为"),
    ],
)
def test_f7_what_does_not_fit_is_said_and_what_was_typed_stays(
    boss: FlaskClient, typed: dict[str, str | list[str]], says: str
) -> None:
    answer = post(boss, OWN, "", **{"version": "0", "period": "today", "tile": ["figure:incoming"], **typed})
    assert answer.status_code == 422 and says in answer.text and 'value="figure:incoming"' in answer.text
    assert 'value="<script>"' not in answer.text


def test_f7_a_supervisor_sets_the_default_of_all_who_have_none(web: Web, boss: FlaskClient) -> None:
    wu = web.signed_in(Role.EXAMINER, username="wu")
    assert _save(boss, DEFAULT, "figure:lost", period="month").status_code == 302
    assert "呼损" in wu.get("/dashboards").text and "呼入量" not in wu.get("/dashboards").text
    assert _save(boss, DEFAULT, "figure:answered").status_code == 409
    assert _save(boss, DEFAULT, "figure:answered", version="1").status_code == 302
    assert wu.get(DEFAULT).status_code == 403 and wu.get(WALL).status_code == 403
    assert _save(wu, OWN, "figure:lost").status_code == 302
    assert post(wu, f"{OWN}/back", OWN).status_code == 302 and "接通" in wu.get("/dashboards").text


def test_e4_an_operator_sees_their_own_figures_alone(web: Web, boss: FlaskClient) -> None:
    zhao = web.signed_in(Role.OPERATOR, username="zhao")
    person = person_of(web.hotline.storage, "zhao")
    with web.hotline.storage.writing() as tx:
        TenureStore(tx).add(Tenure(person, "1002"))
    follow(web.hotline.storage, web.hotline.settings, web.now + timedelta(seconds=20))
    _save(boss, DEFAULT, "figure:answered", "figure:line_up", f"figure:answered:person:{person + 1}", "rule:A8")
    page = zhao.get("/dashboards").text
    assert " 0 " in _tile(page, "接通") and "你看到的是自己" in page
    assert page.count("board-tile") == 2 and "未显示" in page


def test_f7_nothing_chosen_is_said(boss: FlaskClient) -> None:
    assert _save(boss, OWN).status_code == 302
    assert "还没有选指标块" in boss.get("/dashboards").text


def test_f7_whoever_has_no_reports_has_no_dashboard(web: Web) -> None:
    assert web.signed_in(Role.DEPARTMENT, username="tech").get("/dashboards").status_code == 403


def test_f7_a_place_that_is_none_is_not_found(boss: FlaskClient) -> None:
    assert boss.get("/dashboards/change/other").status_code == 404
