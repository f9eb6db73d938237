"""Words looked for, on the page and by the API."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from hotline.domain.people import Role
from tests.support.instance import run, run_json
from tests.support.said import keep_said
from tests.support.sample_calls import answered_call
from tests.support.web import NOW, Web, a_web


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Web:
    web = a_web(tmp_path_factory.mktemp("search"))
    keep_said(web.hotline.storage, answered_call("a", NOW), NOW, "我 要 <b>投诉</b>", "请 稍等")
    return web


@pytest.fixture(scope="module")
def examiner(site: Web) -> FlaskClient:
    return site.signed_in(Role.EXAMINER)


def test_the_page_shows_who_said_it_where_and_leads_there(site: Web, examiner: FlaskClient) -> None:
    page = examiner.get("/search?q=要+投诉").text
    call = site.call_id("a")
    assert f'href="/calls/{call}#t=1.0&amp;r=1"' in page
    assert "<mark>要</mark>&lt;b&gt;<mark>投诉</mark>&lt;/b&gt;" in page and "来电方说" in page
    assert ("u-examiner", "search", "calls") in site.audit()


def test_the_ledger_leads_to_it(examiner: FlaskClient) -> None:
    assert 'action="/search"' in examiner.get("/calls").text


@pytest.mark.parametrize("q", ["%", "' OR 1=1", '"*"', "😀", "\x00", "<script>alert(1)</script>", "NOT 投诉", "\u202e"])
def test_whatever_is_asked_is_plain_text(examiner: FlaskClient, q: str) -> None:
    answer = examiner.get("/search", query_string={"q": q})
    assert answer.status_code == 200 and "<mark>" not in answer.text and "<script>alert" not in answer.text


def test_a_wrong_question_is_told(examiner: FlaskClient) -> None:
    page = examiner.get("/search", query_string={"q": "投" * 10_000, "since": "gestern", "page": "-1"}).text
    assert "最多 200 个字符" in page and "日期格式应为" in page


def test_an_operator_without_calls_finds_nothing(site: Web) -> None:
    client = site.signed_in(Role.OPERATOR)
    assert "<mark>" not in client.get("/search?q=投诉").text
    assert client.get("/api/v1/search?q=投诉").get_json()["found"] == []


def test_programs_get_places_and_seconds(site: Web) -> None:
    client, headers = site.client(), site.program()
    answer = client.get("/api/v1/search?q=稍等&where=transcript&since=2026-11-16", headers=headers).get_json()
    assert answer["more"] is False
    [one] = answer["found"]
    assert (one["side"], one["call_id"], one["places"][0]["from_second"]) == ("ours", site.call_id("a"), 1.0)
    assert [piece for piece in one["places"][0]["pieces"] if piece["found"]] == [{"text": "稍等", "found": True}]
    assert client.get("/api/v1/search?q=", headers=headers).status_code == 422
    assert client.get(f"/api/v1/search?q={'x' * 201}", headers=headers).status_code == 422
    assert client.get("/api/v1/search?q=x&where=cards", headers=headers).status_code == 422
    assert client.get("/api/v1/search?q=x", headers={}).status_code == 401


def test_the_command_line_finds_too(site: Web) -> None:
    [one] = run_json(site.hotline, "search", "稍等")
    assert one["side"] == "ours"
    assert "请[稍等]" in run(site.hotline, "search", "稍等", "--operator", "1002").output
    assert "稍等" not in run(site.hotline, "search", "稍等", "--until", "2020-01-01").output
