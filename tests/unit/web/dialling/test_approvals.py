"""A17: the page of approvals and its API."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hotline.domain.people import Role
from tests.support.web import Web, post

PAGE = "/dialling/approvals"
API = "/api/v1/dial-approvals"
ASK = {"number": "0044 20 7946 0000", "line": "spare", "reason": "客户在国外出差"}


def test_a17_an_operator_asks_and_a_supervisor_grants_with_one_click_and_a_reason(web: Web) -> None:
    li = web.signed_in(Role.OPERATOR, username="li")
    assert post(li, PAGE, **ASK).status_code == 302
    mine = li.get(PAGE).text
    assert "00442079460000" in mine or "+442079460000" in mine
    assert "客户在国外出差" in mine and "英国" in mine and "/grant" not in mine

    boss = web.signed_in(Role.SUPERVISOR, username="boss")
    shown = boss.get(PAGE).text
    assert f"{PAGE}/1/grant" in shown and f"{PAGE}/1/refuse" in shown
    granted = post(boss, f"{PAGE}/1/grant", PAGE, note="可以")
    assert granted.status_code == 302
    after = boss.get(PAGE).text
    assert "/grant" not in after and "可以" in after and "已批准" in after
    assert [entry for entry in web.audit() if entry[1].startswith("dial_approval.")] == [
        ("li", "dial_approval.ask", "dial_approval:1"),
        ("boss", "dial_approval.grant", "dial_approval:1"),
    ]


def test_a17_whoever_asked_is_offered_no_decision(web: Web) -> None:
    boss = web.signed_in(Role.SUPERVISOR, username="boss")
    post(boss, PAGE, **ASK)
    assert "/grant" not in boss.get(PAGE).text
    token_page = post(boss, f"{PAGE}/1/grant", PAGE, note="可以")
    assert token_page.status_code == 302
    assert "不能审批自己提出的申请" in boss.get(PAGE).text
    chief = web.signed_in(Role.SUPERVISOR, username="chief")
    assert "/grant" in chief.get(PAGE).text


def test_a17_a_decision_without_a_reason_is_none(web: Web) -> None:
    post(web.signed_in(Role.OPERATOR, username="li"), PAGE, **ASK)
    boss = web.signed_in(Role.SUPERVISOR, username="boss")
    post(boss, f"{PAGE}/1/grant", PAGE, note="")
    assert "请填写原因" in boss.get(PAGE).text
    assert "/grant" in boss.get(PAGE).text


@pytest.mark.parametrize(
    ("number", "said"),
    [("110", "紧急"), ("13912345678", "无需审批"), ("4007654321", "我们自己的号码"), ("13912345678,9", "无法识别")],
)
def test_a17_why_a_number_cannot_be_asked_for_stands_at_the_field(web: Web, number: str, said: str) -> None:
    page = post(web.signed_in(Role.OPERATOR, username="li"), PAGE, **{**ASK, "number": number})
    assert page.status_code == 422
    assert said in page.text


def test_a17_operators_do_not_decide(web: Web) -> None:
    li = web.signed_in(Role.OPERATOR, username="li")
    post(li, PAGE, **ASK)
    assert post(li, f"{PAGE}/1/grant", PAGE, note="可以").status_code == 403


def test_a17_programs_ask_and_decide_by_the_api(web: Web) -> None:
    operator = web.program(Role.OPERATOR)
    made = web.client().post(API, json=ASK, headers=operator)
    assert made.status_code == 201, made.text
    answer = made.json
    assert answer is not None
    assert (answer["state"], answer["may_decide"], answer["reason"]) == ("waiting", False, "客户在国外出差")
    web.clock.now += timedelta(seconds=1)
    supervisor = web.program(Role.SUPERVISOR)
    one = f"{API}/{answer['id']}"
    assert web.client().post(f"{one}/grant", json={"note": " "}, headers=supervisor).status_code == 422
    granted = web.client().post(f"{one}/grant", json={"note": "可以"}, headers=supervisor)
    assert granted.status_code == 200
    assert granted.json is not None and granted.json["state"] == "granted"
    again = web.client().post(f"{one}/refuse", json={"note": "不"}, headers=supervisor)
    assert (again.status_code, (again.json or {})["reason"]) == (409, "dialling.approval_decided")
    listed = web.client().get(API, headers=operator).json
    assert listed is not None and [each["state"] for each in listed["approvals"]] == ["granted"]
    assert web.client().post(f"{API}/99/grant", json={"note": "可以"}, headers=supervisor).status_code == 404


def test_a17_a_refusal_by_the_api_has_its_reason(web: Web) -> None:
    refused = web.client().post(API, json={**ASK, "number": "120"}, headers=web.program(Role.OPERATOR))
    assert (refused.status_code, (refused.json or {})["reason"]) == (422, "dialling.emergency")
