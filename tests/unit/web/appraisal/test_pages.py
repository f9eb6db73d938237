"""The monthly appraisal and the register of breaches by page, workbook and API (F3, F5, F12)."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from flask.testing import FlaskClient

from hotline.domain.people import Role
from hotline.services.accounts import accounts
from hotline.storage.accounts.users import UserStore
from tests.support.appraised import NOW, ZHAO_SCORE, Month
from tests.support.web import PASSWORD, Web, post, sign_in


class Site:
    """The month that was counted by hand, at a moment in the month after."""

    def __init__(self, web: Web, folder: Path) -> None:
        self.web = web
        web.clock.now = NOW
        self.month = Month(web.hotline.storage, folder)
        self.sheet = f"/appraisal/teams/2026-10.{self.month.team}"
        self.card = f"/appraisal/cards/2026-10.{self.month.zhao_id}"

    def let_in(self, username: str) -> FlaskClient:
        first = accounts.reset_password(self.web.hotline.storage, username, NOW, "test")
        with self.web.hotline.storage.reading() as tx:
            user = UserStore(tx).by_username(username)
        assert user is not None
        accounts.change_password(self.web.hotline.storage, user, first, PASSWORD, NOW)
        client = self.web.client()
        assert sign_in(client, username, PASSWORD).status_code == 302
        return client


@pytest.fixture
def site(web: Web, tmp_path: Path) -> Site:
    return Site(web, tmp_path / "month")


def test_a_month_is_signed_closed_and_reopened_on_its_page(site: Site) -> None:
    """F3, F5: each sees only what they may do; the hash stands on the page."""
    wu, sun, ma = (site.let_in(each) for each in ("wu", "sun", "ma"))
    page = wu.get(site.sheet).text
    assert "签核这些数据" in page and "月度关账" not in page and "70.2" in page
    assert post(sun, f"{site.sheet}/sign", site.sheet).status_code == 403
    assert post(wu, f"{site.sheet}/sign", site.sheet).status_code == 302
    page = sun.get(site.sheet).text
    assert "月度关账" in page and "已签核" in page and "签核这些数据" not in page
    assert post(sun, f"{site.sheet}/close", site.sheet).status_code == 302
    site.month.rated("z-9", 5, NOW.replace(month=10))
    page = ma.get(site.sheet).text
    assert "与签核时不同的数据" in page and "已关账" in page and "重新打开本月" in page
    card = site.let_in("zhao").get(site.card).text
    assert str(ZHAO_SCORE) in card and "按现在的数据：71" in card
    refused = post(ma, f"{site.sheet}/reopen", site.sheet, reason=" ")
    assert refused.status_code == 302 and "请说明为何重新打开" in ma.get(site.sheet).text
    post(ma, f"{site.sheet}/reopen", site.sheet, reason="漏了评价")
    assert "漏了评价" in ma.get(site.sheet).text


def test_a_card_says_what_is_left_out_and_opens_what_it_is_made_of(site: Site) -> None:
    """F3."""
    zhao = site.let_in("zhao")
    page = zhao.get(site.card).text
    assert page.count("不计：无数据") == 2 and "其余各项权重共 80" in page
    rows = zhao.get(f"{site.card}/talk").text
    assert rows.count("0:06:15") + rows.count("6:15") == 10
    assert "B1" in zhao.get(f"{site.card}/records").text
    assert "/my-results/" in zhao.get(f"{site.card}/examination").text
    assert "/examinations/" in site.let_in("wu").get(f"{site.card}/examination").text
    assert zhao.get(f"{site.card}/nothing").status_code == 404
    english = site.let_in("qian")
    english.set_cookie("language", "en")
    own = f"/appraisal/cards/2026-10.{site.month.qian_id}"
    assert "left out: nothing to measure" in english.get(own).text
    assert english.get(site.card).status_code == 403


def test_an_objection_is_made_and_decided_on_the_card(site: Site) -> None:
    """F3, F5: what was typed stays where it is refused."""
    zhao, wu = site.let_in("zhao"), site.let_in("wu")
    kept = post(zhao, f"{site.card}/object", site.card, item="promises", reason="没有承诺<b>")
    assert kept.status_code == 422 and "没有承诺&lt;b&gt;" in kept.text
    assert post(zhao, f"{site.card}/object", site.card, item="complaints", reason="不是我").status_code == 302
    page = wu.get(site.card).text
    assert "不是我" in page and "待裁定" not in page
    decide = f"{site.card}/objections/1"
    assert post(wu, decide, site.card, decision="granted", note="已听录音").status_code == 302
    page = zhao.get(site.card).text
    assert "已听录音" in page and "不计：异议成立" in page and "70.2" in page


def test_falsified_data_is_declared_on_the_sheet(site: Site) -> None:
    """F3."""
    wu = site.let_in("wu")
    typed = {"evidence": "call:1", "note": "补录不实"}
    post(wu, f"{site.sheet}/falsified", site.sheet, person="nobody", **typed)
    assert "弄虚作假：0 分" not in wu.get("/appraisal?month=2026-10").text
    post(wu, f"{site.sheet}/falsified", site.sheet, person=str(site.month.zhao_id), **typed)
    assert "弄虚作假：0 分" in wu.get("/appraisal?month=2026-10").text
    assert "补录不实" in wu.get(site.card).text
    post(wu, f"{site.sheet}/falsified/1/withdraw", site.sheet)
    assert "弄虚作假：0 分" not in wu.get("/appraisal?month=2026-10").text


@pytest.mark.parametrize(
    "path",
    [
        "/appraisal/teams/2026-13.1",
        "/appraisal/teams/2026-10",
        "/appraisal/teams/2026-10.99999999999",
        "/appraisal/teams/1999-10.1",
        "/appraisal/teams/2026-10.1.1",
        "/appraisal/teams/2026-10.01",
        "/appraisal/teams/2026-10.4711",
        "/appraisal/teams/٢٠٢٦-10.1",
        "/appraisal/cards/2026-10.4711",
        "/appraisal/cards/x",
    ],
)
def test_a_hostile_address_is_no_page(site: Site, path: str) -> None:
    assert site.let_in("zhou").get(path).status_code == 404


@pytest.mark.parametrize(
    ("month", "status"),
    [("", 200), ("2024-02", 200), ("2099-12", 200), ("2026-99", 422), ("' OR 1=1", 422), ("0000-00", 422)],
)
def test_any_month_can_be_asked_for_and_nothing_else(site: Site, month: str, status: int) -> None:
    """F3: 29 February and the far future too."""
    assert site.let_in("zhou").get("/appraisal", query_string={"month": month}).status_code == status


def test_the_workbook_is_what_the_page_says(site: Site) -> None:
    """F3."""
    book = openpyxl.load_workbook(io.BytesIO(site.let_in("zhou").get("/appraisal/scores.xlsx?month=2026-10").data))
    people = list(book.worksheets[0].iter_rows(min_row=2, values_only=True))
    assert [(row[0], row[1], row[2]) for row in people] == [("一组", "钱伟", "100"), ("一组", "赵敏", "67.9")]
    assert book.worksheets[1]["B2"].value == "70.2"
    own = openpyxl.load_workbook(io.BytesIO(site.let_in("zhao").get("/appraisal/scores.xlsx?month=2026-10").data))
    assert [row[1] for row in own.worksheets[0].iter_rows(min_row=2, values_only=True)] == ["赵敏"]


def test_the_same_by_api(site: Site) -> None:
    """F3, F5: programs read; persons sign."""
    month, team = site.month, f"/api/v1/appraisal/2026-10/teams/{site.month.team}"
    client, reads = site.web.client(), site.web.program(Role.SUPERVISOR)
    found = client.get("/api/v1/appraisal/2026-10", headers=reads).get_json()
    assert found["teams"][0]["score"] == 70.2 and found["scheme"] == "operator"
    card = client.get(f"/api/v1/appraisal/2026-10/people/{month.zhao_id}", headers=reads).get_json()
    assert card["score"] == ZHAO_SCORE and {each["item"]: each["value"] for each in card["items"]}["talk"] == 375
    rows = client.get(f"/api/v1/appraisal/2026-10/people/{month.zhao_id}/talk", headers=reads).get_json()
    assert len(rows["rows"]) == 10 and rows["rows"][0]["kind"] == "call"
    assert client.post(f"{team}/sign", headers=site.web.program(Role.EXAMINER)).status_code == 403
    wu = site.let_in("wu")
    token = {"X-CSRFToken": _token(wu, site.sheet)}
    signed = wu.post(f"{team}/sign", headers=token)
    assert signed.status_code == 200 and signed.get_json()["state"] == "signed"
    assert wu.post(f"{team}/sign", headers=token).status_code == 409
    for path in ("2026-13", "x", "2026-10/people/0", "2026-10/people/99999999999"):
        assert client.get(f"/api/v1/appraisal/{path}", headers=reads).status_code in (404, 422)
    zhao = site.let_in("zhao")
    token = {"X-CSRFToken": _token(zhao, site.card)}
    body = {"item": "talk", "reason": "设备故障"}
    made = zhao.post("/api/v1/appraisal/2026-10/objections", json=body, headers=token)
    assert made.status_code == 200 and made.get_json()["person_id"] == month.zhao_id
    token = {"X-CSRFToken": _token(wu, site.sheet)}
    decided = wu.post(
        "/api/v1/appraisal/objections/1/decision", json={"decision": "rejected", "note": "无故障记录"}, headers=token
    )
    assert decided.get_json()["decision"] == "rejected"


def test_breaches_are_declared_answered_and_withdrawn_on_the_page(site: Site) -> None:
    """F12."""
    zhou, zhao = site.let_in("zhou"), site.let_in("zhao")
    typed = {
        "person": str(site.month.zhao_id),
        "kind": "service_complaint",
        "at": "2026-10-20T10:00",
        "evidence": "call:1",
        "note": "态度生硬",
    }
    kept = post(zhou, "/breaches", "/breaches", **{**typed, "evidence": "some"})
    assert kept.status_code == 422 and "态度生硬" in kept.text and "call:12" in kept.text
    assert post(zhou, "/breaches", "/breaches", **{**typed, "at": "soon"}).status_code == 422
    assert post(zhou, "/breaches", "/breaches", **typed).status_code == 302
    page = zhao.get("/breaches").text
    assert "30 元" in page and "态度生硬" in page and "登记违规" not in page
    post(zhao, "/breaches/1/word", "/breaches", word="系统打不开")
    page = zhou.get("/breaches").text
    assert "系统打不开" in page and "待判定" in page
    book = openpyxl.load_workbook(io.BytesIO(zhou.get("/breaches/breaches.xlsx").data))
    assert book.worksheets[0]["H2"].value == "系统打不开"
    assert zhao.get("/breaches/breaches.xlsx").status_code == 403
    assert "态度生硬" not in site.let_in("qian").get("/breaches").text
    post(zhou, "/breaches/1/withdraw", "/breaches", reason="认错了人")
    assert "认错了人" in zhao.get("/breaches").text
    for query in ("?kind=none&person=x", "?period=days&since=x", "?page=99999", "?breach=<b>"):
        assert zhou.get(f"/breaches{query}").status_code == 200


def test_breaches_by_api(site: Site) -> None:
    """F12."""
    client, boss = site.web.client(), site.web.program(Role.SUPERVISOR)
    body = {
        "person_id": site.month.zhao_id,
        "kind": "empty_shift",
        "at": "2026-10-20T10:00:00+08:00",
        "evidence": ["missed_start:3"],
        "note": "未到岗",
    }
    made = client.post("/api/v1/breaches", json=body, headers=boss)
    assert made.status_code == 201 and made.get_json()["rule"] == "F6"
    query = {"since": "2026-10-01", "until": "2026-11-30"}
    found = client.get("/api/v1/breaches", query_string=query, headers=boss).get_json()
    assert found["total"] == 1 and found["breaches"][0]["yuan"] == 20
    assert client.post("/api/v1/breaches/1/withdraw", json={"reason": "请假获准"}, headers=boss).status_code == 204
    assert client.post("/api/v1/breaches/1/withdraw", json={"reason": "请假获准"}, headers=boss).status_code == 409
    assert client.post("/api/v1/breaches", json={**body, "person_id": 2**31}, headers=boss).status_code == 422
    assert client.post("/api/v1/breaches", json=dict.fromkeys(body, ""), headers=boss).status_code == 422


def _token(client: FlaskClient, page: str) -> str:
    text = client.get(page).text
    return text.partition('name="csrf_token" value="')[2].partition('"')[0]
