"""Script cards on their page and by the API (C9–C11)."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotline.domain.people import Role
from hotline.settings import SettingsError
from tests.support.web import Web, a_web, csrf_of, post

CARD = {"id": "own", "stage": "hold", "title": "自己的", "words": "{company}请您稍等"}


def test_everybody_reads_and_searches(web: Web) -> None:
    client = web.signed_in(Role.EXAMINER)
    page = client.get("/cards").text
    assert "示例公司" in page, "the company stands in the greeting"
    assert "{company}" not in page
    found = client.get("/cards?q=dcdh").text
    assert "打错电话" in found
    assert "标准开头语" not in found
    assert "没有找到话术卡" in client.get("/cards?q=zzzz").text
    assert client.get("/cards?stage=nowhere").status_code == 200
    assert client.get("/cards/new").status_code == client.get("/cards/noise").status_code == 403


def test_the_api_ranks_and_fills_in(web: Web) -> None:
    token = web.program(Role.OPERATOR)
    cards = web.client().get("/api/v1/cards?q=稍等&stage=hold&name=王先生&minutes=2", headers=token).json["cards"]
    assert cards[0]["id"] == "hold-announce"
    assert "2分钟" in cards[0]["said"]
    by_case = web.client().get("/api/v1/cards?case=bad-temper", headers=token).json["cards"]
    assert [card["rule"] for card in by_case] == ["C10"]
    assert web.client().get("/api/v1/cards?stage=nowhere", headers=token).status_code == 422


def test_a_supervisor_edits_with_preview(web: Web) -> None:
    client = web.signed_in(Role.SUPERVISOR, username="sup")
    page = client.get("/cards/noise")
    version = page.text.partition('name="version" type="hidden" value="')[2].partition('"')[0]
    fields = {
        "csrf_token": csrf_of(page),
        "version": version,
        "id": "noise",
        "stage": "special",
        "case": "noise",
        "title": "太吵",
        "words": "{company}：请换个安静的地方",
        "keywords": "吵、闹",
    }
    preview = client.post("/cards/noise", data={**fields, "preview": "1"})
    assert preview.status_code == 200
    assert "示例公司：请换个安静的地方" in preview.text
    assert "太吵" not in client.get("/cards?q=noise").text, "a preview keeps nothing"
    assert client.post("/cards/noise", data=fields).status_code == 302
    assert "太吵" in client.get("/cards?q=闹").text
    assert ("sup", "card.change", "card:noise") in web.audit()
    assert "太吵" in (web.hotline.home.cards / "edited-noise.toml").read_text("utf-8")
    stale = client.post("/cards/noise", data={**fields, "title": "我的"})
    assert stale.status_code == 409
    assert "我的" in stale.text


@pytest.mark.parametrize(
    "fields",
    [
        {"words": "{firm}"},
        {"words": ""},
        {"id": "Own"},
        {"id": "../etc"},
        {"title": ""},
        {"rule": "X"},
        {"case": "A b"},
        {"id": "noise"},
        {"title": "长" * 100},
    ],
)
def test_what_makes_no_card_is_told(web: Web, fields: dict[str, str]) -> None:
    answer = post(web.signed_in(Role.SUPERVISOR), "/cards/new", **{**CARD, **fields})
    assert answer.status_code == 422
    assert "invalid-feedback" in answer.text


def test_a_card_is_added_and_taken_out(web: Web) -> None:
    client = web.signed_in(Role.SUPERVISOR)
    assert post(client, "/cards/new", **CARD).status_code == 302
    assert "自己的" in client.get("/cards?stage=hold").text
    post(client, "/cards/own/remove", "/cards/own")
    assert client.get("/cards/own").status_code == 404


def test_the_api_edits_for_supervisors_alone(web: Web) -> None:
    operator, boss, client = web.program(Role.OPERATOR), web.program(Role.SUPERVISOR), web.client()
    assert client.post("/api/v1/cards", headers=operator, json=CARD).status_code == 403
    made = client.post("/api/v1/cards", headers=boss, json=CARD)
    assert (made.status_code, made.json["said"]) == (201, "示例公司请您稍等")
    assert client.post("/api/v1/cards", headers=boss, json=CARD).status_code == 409
    body = {**{k: v for k, v in CARD.items() if k != "id"}, "version": made.json["version"], "title": "改过的"}
    assert client.put("/api/v1/cards/own", headers=boss, json=body).json["title"] == "改过的"
    stale = client.put("/api/v1/cards/own", headers=boss, json=body)
    assert (stale.status_code, stale.json["current"]["title"]) == (409, "改过的")
    assert client.put("/api/v1/cards/nobody", headers=boss, json=body).status_code == 404
    assert client.put("/api/v1/cards/own", headers=boss, json={**body, "words": "{x}"}).status_code == 422
    assert client.delete("/api/v1/cards/own", headers=boss).status_code == 204
    assert client.delete("/api/v1/cards/own", headers=boss).status_code == 404


def test_a_wrong_card_stops_the_start(tmp_path: Path) -> None:
    folder = tmp_path / "home" / "cards"
    folder.mkdir(parents=True)
    (folder / "wrong.toml").write_text("[[card]]\n", "utf-8")
    with pytest.raises(SettingsError, match=r"."):
        a_web(tmp_path)


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "\u202e😀x", "'\"><img src=x onerror=alert(1)>"])
def test_hostile_text_stays_text(web: Web, text: str) -> None:
    """What turns the direction of writing is a control character: no card has it."""
    token = web.program(Role.SUPERVISOR)
    body = {**CARD, "title": text, "words": text, "hint": text, "keywords": [text[:20]]}
    status = web.client().post("/api/v1/cards", headers=token, json=body).status_code
    assert status == (422 if "\u202e" in text else 201)
    page = web.signed_in(Role.SUPERVISOR).get("/cards")
    assert "<script>alert" not in page.text


def test_c10_a_card_that_promises_to_call_back_says_for_which_reason(web: Web) -> None:
    """A10"""
    token = web.program(Role.OPERATOR)
    cards = web.client().get("/api/v1/cards", headers=token).json["cards"]
    promising = {card["id"]: card["callback"] for card in cards if card["callback"]}
    assert promising["cannot-hear-us"] == "one_way" and promising["enquiry-call-again"] == "long_call"
    client = web.signed_in(Role.SUPERVISOR, username="sup")
    assert post(client, "/cards/new", **{**CARD, "callback": "promised"}).status_code == 302
    assert post(client, "/cards/new", **{**CARD, "id": "other", "callback": "never"}).status_code == 422
    cards = web.client().get("/api/v1/cards?stage=hold", headers=token).json["cards"]
    assert {card["id"]: card["callback"] for card in cards}["own"] == "promised"


def test_c2_what_is_said_on_calls_that_we_dial_is_told_apart(web: Web) -> None:
    cards = web.client().get("/api/v1/cards?case=dialled", headers=web.program(Role.OPERATOR)).json["cards"]
    said = {card["stage"]: (card["rule"], card["said"]) for card in cards}
    assert set(said) == {"greeting", "closing"}
    rule, words = said["closing"]
    assert rule == "C2" and "打扰您了" in words and "感谢" in words and "再见" in words
