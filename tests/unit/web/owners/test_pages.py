"""Whose customer each one is, on its page and in the API (E11)."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotline.domain.customers.customer import Customer, CustomerNumber
from hotline.domain.numbers import normalise
from hotline.domain.people import Actor, Role
from hotline.services.customers import customers
from tests.support.web import Web, a_web, csrf_of


@pytest.fixture
def web(tmp_path: Path) -> Web:
    return a_web(tmp_path)


@pytest.fixture
def customer(web: Web) -> int:
    new = Customer(name="王芳", numbers=(CustomerNumber(normalise("13800138000")),))
    boss = Actor("boss", (Role.SUPERVISOR,), "班长")
    return customers.create(web.hotline.storage, new, boss, web.now).id or 0


def test_a_customer_is_given_to_somebody_and_stands_on_their_page(web: Web, customer: int) -> None:
    web.add_user("li", Role.OPERATOR)
    client, program = web.client(), web.program(Role.SUPERVISOR)
    given = client.put(f"/api/v1/customers/{customer}/owner", json={"owner": "li"}, headers=program)
    assert given.status_code == 204
    owners = client.get("/api/v1/customer-owners", headers=program).json["owners"]
    assert [each["customers"] for each in owners if each["username"] == "li"] == [1]
    boss = web.signed_in(Role.SUPERVISOR)
    assert "Li" in boss.get("/customer-owners").text
    assert "王芳" in boss.get("/customer-owners/li").text


def test_the_page_gives_them_to_somebody_else(web: Web, customer: int) -> None:
    web.add_user("li", Role.OPERATOR)
    web.add_user("zhou", Role.OPERATOR)
    program = web.program(Role.SUPERVISOR)
    web.client().put(f"/api/v1/customers/{customer}/owner", json={"owner": "li"}, headers=program)
    boss = web.signed_in(Role.SUPERVISOR)
    token = csrf_of(boss.get("/customer-owners/li"))
    sent = {"csrf_token": token, "customer": str(customer), "owner": "zhou", "before": "li"}
    assert boss.post("/customer-owners/assign", data=sent).status_code == 303
    assert "王芳" in boss.get("/customer-owners/zhou").text and "王芳" not in boss.get("/customer-owners/li").text


@pytest.mark.parametrize(("customer_id", "owner"), [(999, "li"), (1, "nobody")])
def test_what_there_is_not_is_refused(web: Web, customer: int, customer_id: int, owner: str) -> None:
    answer = web.client().put(
        f"/api/v1/customers/{customer_id}/owner", json={"owner": owner}, headers=web.program(Role.SUPERVISOR)
    )
    assert answer.status_code in (404, 422)


def test_who_may_not_give_customers_away_is_refused(web: Web, customer: int) -> None:
    sent = {"owner": "li"}
    for role in (Role.OPERATOR, Role.EXAMINER):
        answer = web.client().put(f"/api/v1/customers/{customer}/owner", json=sent, headers=web.program(role))
        assert answer.status_code == 403
