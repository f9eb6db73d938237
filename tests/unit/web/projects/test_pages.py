"""Projects on their pages and in the API (E8): entered, changed, found; their numbers shown to whom they concern."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotline.domain.customers.customer import Customer, CustomerNumber
from hotline.domain.numbers import normalise
from hotline.domain.people import Actor, Role
from hotline.services.customers import customers
from tests.support.web import Web, a_web, csrf_of, post

NUMBER = "13800138000"


@pytest.fixture
def web(tmp_path: Path) -> Web:
    return a_web(tmp_path)


@pytest.fixture
def customer(web: Web) -> int:
    new = Customer(name="王芳", company="华东机电", numbers=(CustomerNumber(normalise(NUMBER)),))
    boss = Actor("boss", (Role.SUPERVISOR,), "班长")
    return customers.create(web.hotline.storage, new, boss, web.now).id or 0


CONTACT = {"contact": "李工", "number": NUMBER}


def form_of(customer: int) -> dict[str, str]:
    return {
        "name": "一号电梯",
        "customer": f"#{customer}",
        "delivered_on": "2026-11-02",
        "contact": "李工",
        "number": NUMBER,
    }


def body_of(customer: int) -> dict[str, object]:
    return {
        "name": "一号电梯",
        "customer_id": customer,
        "delivered_on": "2026-11-02",
        "contact": "李工",
        "number": NUMBER,
    }


def test_a_project_is_entered_and_its_visits_stand_on_its_page(web: Web, customer: int) -> None:
    boss = web.signed_in(Role.SUPERVISOR)
    made = post(boss, "/projects/new", **form_of(customer))
    assert made.status_code == 303
    page = boss.get(f"{made.location}?lang=zh").text
    assert "一号电梯" in page and "华东机电" in page and "李工" in page
    assert "一号电梯" in boss.get("/projects").text
    book = boss.get("/projects/export.xlsx")
    assert book.status_code == 200 and book.data.startswith(b"PK")


@pytest.mark.parametrize(
    "wrong",
    [
        {"customer": "#999999"},
        {"number": "abc"},
        {"delivered_on": "yesterday"},
        {"delivered_on": "2026-02-29"},
        {"delivered_on": "0001-01-01"},
        {"ends_on": "9999-12-31"},
        {"name": ""},
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(web: Web, customer: int, wrong: dict[str, str]) -> None:
    page = post(web.signed_in(Role.SUPERVISOR), "/projects/new", **{**form_of(customer), **wrong})
    assert page.status_code in (404, 422) and "李工" in page.text and "is-invalid" in page.text


def test_one_changed_by_somebody_else_is_not_overwritten(web: Web, customer: int) -> None:
    boss = web.signed_in(Role.SUPERVISOR)
    made = post(boss, "/projects/new", **form_of(customer))
    edit = f"{made.location}/edit"
    token, sent = csrf_of(boss.get(edit)), form_of(customer)
    answers = [
        boss.post(edit, data={"csrf_token": token, "version": "1", **sent, "name": name}).status_code
        for name in ("甲", "乙")
    ]
    assert answers == [303, 409] and "甲" in boss.get(made.location).text


def test_the_api_enters_changes_and_finds_projects(web: Web, customer: int) -> None:
    client, program = web.client(), web.program(Role.SUPERVISOR)
    made = client.post("/api/v1/projects", json=body_of(customer), headers=program)
    assert made.status_code == 201
    one = f"/api/v1/projects/{made.json['id']}"
    read = client.get(one, headers=program).json
    assert read["name"] == "一号电梯" and [each["kind"] for each in read["rounds"]][:1] in ([], ["visit"])
    changed = client.put(one, json={**body_of(customer), "name": "二号", "version": 1}, headers=program)
    assert changed.json["name"] == "二号"
    assert client.put(one, json={**body_of(customer), "version": 1}, headers=program).status_code == 409
    found = client.get("/api/v1/projects?q=二号", headers=program).json
    assert [each["id"] for each in found["projects"]] == [made.json["id"]]
    assert client.get("/api/v1/projects/999", headers=program).status_code == 404


def test_who_may_not_enter_projects_is_refused(web: Web, customer: int) -> None:
    assert web.signed_in(Role.EXAMINER).get("/projects/new").status_code == 403
    answer = web.client().post("/api/v1/projects", json=body_of(customer), headers=web.program(Role.EXAMINER))
    assert answer.status_code == 403
