"""Satisfaction in the browser and the API: the report, its workbook, the link's page, the call's page, the ledger."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from hotline.domain.calls.call import Asked, Call, HandedBy, HangUp, Party, PartyKind
from hotline.domain.numbers import Number
from hotline.domain.people import Actor, Role
from hotline.domain.satisfaction.questionnaire import ReplyWay
from hotline.services.satisfaction.typing_in import TypedIn, type_in
from hotline.services.sms.sms import send_due
from hotline.storage.links.store import LinkStore
from hotline.storage.satisfaction.store import RatingStore
from tests.support.sample_calls import answered_call
from tests.support.texts import Texts
from tests.support.web import Web, a_web, post

SITE = """
[web]
public_url = "https://hotline.example.com"
[sms]
gateway = "file"
[sms.templates.rating]
gateway_template = "SMS_5"
text = "请评价本次通话 https://hotline.example.com/l/{token}"
parameters = ["token"]
[satisfaction]
after_call = true
sms = true
"""
NUMBER = Number("+8613912345678")


@pytest.fixture
def web(tmp_path: Path) -> Web:
    return a_web(tmp_path, SITE)


def asked(web: Web, linkedid: str, answer: int | None) -> Call:
    call = answered_call(linkedid, web.now - timedelta(minutes=30), NUMBER)
    at = call.ended_at or web.now
    return replace(call, asked=Asked(at, HandedBy.HUNG_UP, answer, at if answer else None, True))


def left_first(web: Web) -> Call:
    call = answered_call("sms-1", web.now - timedelta(minutes=30), NUMBER)
    return replace(call, hang_up=HangUp(Party(PartyKind.CALLER), call.ended_at or web.now, 16))


def token_of(web: Web) -> str:
    """Of the text message, which is sent now."""
    gateway = Texts()
    send_due(web.hotline.storage, web.hotline.settings, gateway, web.now)
    [message] = gateway.sent
    return message.parameters["token"]


def test_the_report_shows_its_figures_and_opens_the_calls_behind_them(web: Web) -> None:
    web.keep(asked(web, "a", 5), asked(web, "b", 2), asked(web, "c", None))
    client = web.signed_in(Role.SUPERVISOR)
    page = client.get("/satisfaction?lang=zh")
    assert page.status_code == 200
    for words in ("满意度", "66.7 %", "50 %", "3.50", "按线路", "按客服", "按类别"):
        assert words in page.text, words
    rows = client.get("/satisfaction?figure=low").text
    assert f"/calls/{web.call_id('b')}" in rows and f"/calls/{web.call_id('a')}" not in rows
    assert "/calls/" not in client.get("/satisfaction?figure=low&category=consult_product").text


def test_the_workbook_opens_again(web: Web) -> None:
    web.keep(asked(web, "a", 5), asked(web, "b", 2))
    answer = web.signed_in(Role.SUPERVISOR).get("/satisfaction/table.xlsx?lang=zh")
    book = load_workbook(io.BytesIO(answer.data))
    assert len(book.sheetnames) == 4
    first = list(book[book.sheetnames[0]].values)
    assert [next(iter(book[sheet].values))[0] for sheet in book.sheetnames[:3]] == ["线路", "客服", "来电类别"]
    assert first[1][1:4] == (2, 2, 1) and first[-1][-1] == "3.5"
    assert [row[4] for row in list(book[book.sheetnames[3]].values)[1:]] == [2, 5]


def test_the_api_gives_the_same_figures(web: Web) -> None:
    web.keep(asked(web, "a", 5), asked(web, "b", None))
    since, until = (web.now - timedelta(days=1)).isoformat(), (web.now + timedelta(days=1)).isoformat()
    time = {"since": since, "until": until}
    program = web.program(Role.SUPERVISOR)
    found = web.client().get("/api/v1/satisfaction", query_string=time, headers=program).json
    assert found["total"]["offered"] == 2 and found["total"]["mean"] == 5.0 and found["target"] == 4.5
    rows = (
        web.client()
        .get("/api/v1/satisfaction/rows", query_string={**time, "figure": "answered"}, headers=program)
        .json["rows"]
    )
    assert [(row["answer"], row["call_id"], row["way"]) for row in rows] == [(5, web.call_id("a"), "key")]


def test_page_workbook_and_api_have_questionnaires_and_all_together(web: Web) -> None:
    """E9: of a call that was rated and asked about, one opinion."""
    call = asked(web, "a", 2)
    web.keep(call)
    boss = Actor("boss", (Role.SUPERVISOR,), "李主管")
    for speed, of_call in (("5", web.call_id("a")), ("4", None)):
        given = {"satisfied": "satisfied", "understood": speed}
        typed = TypedIn("training", 1, ReplyWay.PHONE, given, of_call)
        type_in(web.hotline.storage, web.hotline.settings, typed, boss, web.now)
    client = web.signed_in(Role.SUPERVISOR)
    page = client.get("/satisfaction?lang=zh").text
    assert "通话评价与问卷合计" in page and "/questionnaires/training?" in page
    table = load_workbook(io.BytesIO(client.get("/satisfaction/table.xlsx?lang=zh").data))["问卷"]
    rows = [tuple("" if cell is None else cell for cell in row) for row in table.values]
    assert [row[1:] for row in rows[1:]] == [(2, 0, 2, 1, "100", "4.5"), ("", "", 2, "", "50", "3")]
    since, until = (web.now - timedelta(days=1)).isoformat(), (web.now + timedelta(days=1)).isoformat()
    time = {"since": since, "until": until}
    program = web.program(Role.SUPERVISOR)
    found = web.client().get("/api/v1/satisfaction", query_string=time, headers=program).json
    assert found["together"] == {"answered": 2, "mean": 3.0, "satisfied_percent": 50.0}
    assert [(each["code"], each["scored"], each["rated"]) for each in found["questionnaires"]] == [("training", 2, 1)]
    part = web.client().get("/api/v1/satisfaction", query_string={**time, "line": "main"}, headers=program).json
    assert part["questionnaires"] == [] and part["together"] is None


def test_a_link_is_answered_once_on_a_telephone(web: Web) -> None:
    web.keep(left_first(web))
    client, token = web.client(), token_of(web)
    assert post(client, f"/l/{token}/open", form_page=f"/l/{token}").status_code == 302
    page = client.get(f"/l/{token}?lang=zh")
    assert "您对本次服务满意吗" in page.text and NUMBER not in page.text and "13912345678" not in page.text
    refused = post(client, f"/l/{token}/rate", form_page=f"/l/{token}", comment="等太久")
    assert refused.status_code == 422 and "等太久" in refused.text
    too_long = post(client, f"/l/{token}/rate", form_page=f"/l/{token}", answer="2", comment="长" * 1001)
    assert too_long.status_code == 422
    assert post(client, f"/l/{token}/rate", form_page=f"/l/{token}", answer="2", comment="等太久").status_code == 303
    assert client.get(f"/l/{token}").status_code == 410
    with web.hotline.storage.reading() as tx:
        rating = RatingStore(tx).of_call("node1", "sms-1")
    assert rating is not None and (rating.answer, rating.comment) == (2, "等太久")
    again = client.post(f"/l/{token}/rate", data={"answer": "5"})
    assert again.status_code in (303, 400)
    with web.hotline.storage.reading() as tx:
        assert RatingStore(tx).of_call("node1", "sms-1") == rating


def test_another_browser_and_an_old_link_are_let_in_by_none(web: Web) -> None:
    web.keep(left_first(web))
    token = token_of(web)
    post(web.client(), f"/l/{token}/open", form_page=f"/l/{token}")
    assert web.client().get(f"/l/{token}").status_code == 403
    web.clock.now = web.now + timedelta(hours=73)
    assert web.client().get(f"/l/{token}").status_code in (403, 410)
    with web.hotline.storage.reading() as tx:
        assert LinkStore(tx).living(web.now, 10) == []


def test_the_call_s_page_shows_it_to_who_may_see_it(web: Web) -> None:
    web.keep(asked(web, "a", 1))
    path = f"/calls/{web.call_id('a')}?lang=zh"
    assert "1 – 非常不满意" in web.signed_in(Role.SUPERVISOR).get(path).text
    other = web.signed_in(Role.OPERATOR).get(path).text
    assert "1 – 非常不满意" not in other and "邀请客户评价" in other


def test_the_ledger_is_filtered_by_what_was_said(web: Web) -> None:
    at_a_desk = answered_call("c", web.now - timedelta(minutes=30), "+8675512345678")
    web.keep(asked(web, "a", 1), asked(web, "b", 5), at_a_desk)

    def found(rated: str, role: Role = Role.SUPERVISOR) -> set[str]:
        page = web.signed_in(role, username=f"u{rated}{role}").get(f"/calls?rated={rated}").text
        return {each for each in "abc" if f"/calls/{web.call_id(each)}" in page}

    assert (found("asked"), found("low"), found("commented")) == ({"a", "b"}, {"a"}, set())
    assert found("low", Role.OPERATOR) == {"a", "b", "c"}


def test_a_comment_is_found_by_a_search(web: Web) -> None:
    web.keep(left_first(web))
    client, token = web.client(), token_of(web)
    post(client, f"/l/{token}/open", form_page=f"/l/{token}")
    post(client, f"/l/{token}/rate", form_page=f"/l/{token}", answer="2", comment="师傅迟到了两个小时")
    page = web.signed_in(Role.SUPERVISOR).get("/search?q=师傅迟到&lang=zh").text
    assert "师傅迟到" in page.replace("<mark>", "").replace("</mark>", "").split("<main", 1)[1].split("</form>", 1)[1]


def test_a_questionnaire_is_typed_in_and_its_results_are_shown(web: Web) -> None:
    client = web.signed_in(Role.SUPERVISOR)
    assert "技术安装满意度调查" in client.get("/questionnaires?lang=zh").text
    page = "/questionnaires/training/new"
    fields = {"version": "1", "way": "paper", "item-satisfied": "satisfied", "item-understood": "4"}
    wrong = post(client, page, form_page=page, **{**fields, "item-understood": ""})
    assert wrong.status_code == 422 and "请回答此题" in wrong.text
    assert post(client, page, form_page=page, **fields, **{"item-wishes": "多讲例子"}).status_code == 303
    results = client.get("/questionnaires/training").text
    assert "4.00" in results and "多讲例子" in results
    book = load_workbook(io.BytesIO(client.get("/questionnaires/training/table.xlsx").data))
    assert [row[3] for row in book[book.sheetnames[0]].values][1:] == ["4"]
    assert client.get("/questionnaires/nothing").status_code == 404
