"""The API of callbacks, with a CRM in mind."""

from __future__ import annotations

from typing import Any

import pytest
from werkzeug.test import TestResponse

from hotline.domain.customers.customer import Customer, read_number
from hotline.domain.people import Role
from hotline.services.accounts.tokens import create_token
from hotline.storage.customers.store import CustomerStore
from tests.support.sample_calls import abandoned_call
from tests.support.web import NOW, Web


class Crm:
    """A program with a token of a role."""

    def __init__(self, web: Web, role: Role) -> None:
        token = create_token(web.hotline.storage, f"crm-{role.value}", web.now, "test", (role,))
        self._headers = {"Authorization": f"Bearer {token}"}
        self._client = web.client()

    def get(self, path: str) -> TestResponse:
        return self._client.get(f"/api/v1{path}", headers=self._headers)

    def post(self, path: str, **body: Any) -> TestResponse:
        return self._client.post(f"/api/v1{path}", headers=self._headers, json=body or {})


@pytest.fixture
def crm(web: Web) -> Crm:
    return Crm(web, Role.SUPERVISOR)


def test_a9_a_crm_opens_takes_tries_and_closes_one(web: Web, crm: Crm) -> None:
    opened = crm.post("/callbacks", number="139-1234-5678", line="spare", note="官网留言")
    assert (opened.status_code, opened.json["number_shown"], opened.json["reason"]) == (201, "13912345678", "promised")
    one = f"/callbacks/{opened.json['id']}"
    again = crm.post("/callbacks", number="+8613912345678", line="spare", due_at="2026-11-16T15:00:00+08:00")
    assert (again.json["id"], len(again.json["calls"])) == (opened.json["id"], 2), "one for what belongs together"
    assert crm.post(f"{one}/take").json["taken_by"].endswith("crm-supervisor")
    tried = crm.post(f"{one}/try", outcome="busy", again_at="2026-11-16T14:00:00+08:00").json
    assert ([each["outcome"] for each in tried["tries"]], tried["due_at"]) == (["busy"], "2026-11-16T06:00:00Z")
    assert crm.post(f"{one}/hand-back").json["taken_by"] == ""
    closed = crm.post(f"{one}/close", outcome="not_wanted", note="不需要了")
    assert (closed.json["outcome"], closed.json["may_do"]) == ("not_wanted", ["hear_message"])
    assert crm.post(f"{one}/close", note="x").status_code == 404
    assert [each["id"] for each in crm.get("/callbacks?tab=done").json["callbacks"]] == [opened.json["id"]]
    assert ("callback.open", one.replace("/callbacks/", "callback:")) in {entry[1:3] for entry in web.audit()}


def test_a9_the_list_goes_page_by_page_and_by_line(web: Web, crm: Crm) -> None:
    for place in range(3):
        web.keep(abandoned_call(f"c{place}", NOW, f"+861391234567{place}"))
        crm.post("/callbacks", number=f"1391234567{place}", line="spare")
    first = crm.get("/callbacks?limit=2").json
    rest = crm.get(f"/callbacks?limit=2&after={first['after']}").json
    assert (len(first["callbacks"]), len(rest["callbacks"]), rest["after"], rest["open"]) == (2, 1, "", 3)
    assert crm.get("/callbacks?line=main").json["callbacks"] == []
    assert crm.get("/callbacks?after=%00").status_code == 422


def test_e10_what_cannot_or_must_not_be_called_is_refused(web: Web, crm: Crm) -> None:
    with web.hotline.storage.writing() as tx:
        numbers = (read_number("13800138000"),)
        CustomerStore(tx).add(Customer(name="王", do_not_call=True, numbers=numbers, created_at=NOW, updated_at=NOW))
    assert crm.post("/callbacks", number="13800138000", line="spare").status_code in (409, 422)
    assert crm.post("/callbacks", number="12", line="spare").json["errors"][0]["field"] == "number"
    assert crm.post("/callbacks", number="13912345678", line="none").json["errors"][0]["field"] == "line"
    assert crm.get("/callbacks").json["callbacks"] == []


def test_a14_an_operators_program_sees_numbers_masked_and_opens_none(web: Web, crm: Crm) -> None:
    one = crm.post("/callbacks", number="13912345678", line="spare").json["id"]
    operator = Crm(web, Role.OPERATOR)
    assert operator.get(f"/callbacks/{one}").json["number_shown"] == "139****5678"
    assert operator.post("/callbacks", number="13912345678", line="spare").status_code == 403
    assert operator.post(f"/callbacks/{one}/number").status_code == 403
    assert operator.post(f"/callbacks/{one}/take").status_code == 200
    assert operator.post(f"/callbacks/{one}/number").json["number_shown"] == "13912345678"
    assert operator.post(f"/callbacks/{one}/assign", username="x").status_code == 403
    assert operator.get("/callbacks/99999").status_code == 404
