"""Campaigns on their pages and in the API (E9): made with what is asked, settled, started, stopped; each right kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotline.domain.customers.customer import Customer, CustomerNumber
from hotline.domain.numbers import normalise
from hotline.domain.people import Actor, Role
from hotline.services.customers import customers
from tests.support.web import Web, a_web, csrf_of, post

NUMBER = normalise("13800138000")
FORM = {
    "name": "冬季抽样",
    "purpose": "了解满意度",
    "basis": "contract",
    "basis_words": "售后服务合同",
    "begins_on": "2026-11-16",
    "ends_on": "2026-12-16",
    "questionnaire": "after_sales",
}
BODY = {**FORM, "kind": "sample"}


@pytest.fixture
def web(tmp_path: Path) -> Web:
    return a_web(tmp_path)


def test_a_campaign_asks_the_questionnaire_that_was_chosen(web: Web) -> None:
    boss = web.signed_in(Role.SUPERVISOR)
    form = boss.get("/campaigns/new?kind=sample&lang=zh").text
    assert '<option value="after_sales">' in form and "询问的内容" in form
    made = post(boss, "/campaigns/new?kind=sample", **FORM)
    assert made.status_code == 303
    page = boss.get(f"{made.location}?lang=zh").text
    assert "售后服务" in page.split("询问的内容")[1][:80]
    changed = post(boss, f"{made.location}/edit", version="1", **{**FORM, "questionnaire": ""})
    assert changed.status_code == 303
    assert "回访自带的问题" in boss.get(f"{made.location}?lang=zh").text


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"questionnaire": "gone"}, "questionnaire"),
        ({"name": " "}, "name"),
        ({"ends_on": "2026-11-01"}, "ends_on"),
        ({"ends_on": "9999-12-31"}, "ends_on"),
        ({"begins_on": "0001-01-01"}, "begins_on"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(web: Web, wrong: dict[str, str], field: str) -> None:
    boss = web.signed_in(Role.SUPERVISOR)
    page = post(boss, "/campaigns/new?kind=sample", **{**FORM, **wrong})
    assert page.status_code == 422 and f'id="{field}"' in page.text
    assert "is-invalid" in page.text and "售后服务合同" in page.text


def test_who_may_not_run_campaigns_is_refused(web: Web) -> None:
    for role in (Role.OPERATOR, Role.EXAMINER):
        who = web.signed_in(role)
        assert who.get("/campaigns/new?kind=sample").status_code == 403
        assert web.client().post("/api/v1/campaigns", json=BODY, headers=web.program(role)).status_code == 403


def test_the_api_makes_draws_starts_and_stops_one(web: Web) -> None:
    boss = Actor("boss", (Role.SUPERVISOR,), "班长")
    customers.create(web.hotline.storage, Customer(numbers=(CustomerNumber(NUMBER),)), boss, web.now)
    client, program = web.client(), web.program(Role.SUPERVISOR)
    made = client.post("/api/v1/campaigns", json={**BODY, "kind": "festival"}, headers=program)
    assert made.status_code == 201 and made.json["questionnaire"] == "after_sales" and made.json["state"] == "draft"
    one = f"/api/v1/campaigns/{made.json['id']}"
    early = client.post(f"{one}/start", headers=program)
    assert early.status_code == 409
    drawn = client.post(f"{one}/draw", json={"seed": "s"}, headers=program)
    assert (drawn.json["state"], drawn.json["seed"]) == ("ready", "s")
    assert client.post(f"{one}/start", headers=program).json["state"] == "running"
    assert client.post(f"{one}/pause", headers=program).json["state"] == "paused"
    assert client.post(f"{one}/stop", headers=program).json["state"] == "stopped"
    assert client.post(f"{one}/stop", headers=program).status_code == 409
    found = client.get("/api/v1/campaigns", headers=program).json
    assert [each["id"] for each in found["campaigns"]] == [made.json["id"]] and found["total"] == 1


@pytest.mark.parametrize("wrong", [{"questionnaire": "gone"}, {"kind": "x"}, {"ends_on": "2026-01-01"}, {"more": 1}])
def test_the_api_refuses_what_does_not_fit(web: Web, wrong: dict[str, object]) -> None:
    answer = web.client().post("/api/v1/campaigns", json={**BODY, **wrong}, headers=web.program(Role.SUPERVISOR))
    assert answer.status_code == 422


def test_a_campaign_changed_by_somebody_else_is_not_overwritten(web: Web) -> None:
    boss = web.signed_in(Role.SUPERVISOR)
    made = post(boss, "/campaigns/new?kind=sample", **FORM)
    edit = f"{made.location}/edit"
    token = csrf_of(boss.get(edit))
    first = boss.post(edit, data={"csrf_token": token, "version": "1", **FORM, "name": "甲"})
    second = boss.post(edit, data={"csrf_token": token, "version": "1", **FORM, "name": "乙"})
    assert (first.status_code, second.status_code) == (303, 409)
    assert "甲" in boss.get(made.location).text
