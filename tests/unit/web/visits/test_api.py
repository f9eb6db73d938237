"""The API of visits, with another system in mind."""

from __future__ import annotations

from typing import Any

import pytest
from werkzeug.test import TestResponse

from hotline.domain.people import Role
from hotline.services.accounts.tokens import create_token
from tests.support.strangers import somebody
from tests.support.web import Web, post


class Program:
    """With a token of a role."""

    def __init__(self, web: Web, role: Role) -> None:
        token = create_token(web.hotline.storage, f"crm-{role.value}", web.now, "test", (role,))
        self._headers = {"Authorization": f"Bearer {token}"}
        self._client = web.client()

    def get(self, path: str) -> TestResponse:
        return self._client.get(f"/api/v1{path}", headers=self._headers)

    def post(self, path: str, **body: Any) -> TestResponse:
        return self._client.post(f"/api/v1{path}", headers=self._headers, json=body or {})


@pytest.fixture
def crm(web: Web) -> Program:
    return Program(web, Role.SUPERVISOR)


def test_it_is_planned_given_tried_recorded_and_becomes_a_case(web: Web, crm: Program) -> None:
    somebody(web, "zhou", Role.OPERATOR, extension="1001")
    planned = crm.post("/visits", number="139-1234-5678", purpose="净水器安装")
    assert planned.status_code == 201
    visit = planned.json["visit"]
    assert (visit["number_shown"], visit["state"], visit["visitor"]) == ("13912345678", "open", "")
    assert [each["id"] for each in planned.json["questions"]] == ["satisfied", "advice", "with_what", "improve"]
    one = f"/visits/{visit['id']}"
    given = crm.post(f"{one}/give", username="zhou").json
    assert given["visit"]["visitor"] == "zhou" and given["visit"]["call_at"] is not None
    tried = crm.post(f"{one}/try", outcome="busy", note="占线").json
    assert [each["outcome"] for each in tried["tries"]] == ["busy"]
    agreed = crm.post(f"{one}/agree", at="2026-11-18T15:00:00+08:00").json["visit"]
    assert (agreed["agreed_at"], agreed["due_at"]) == ("2026-11-18T07:00:00Z", "2026-11-18T07:30:00Z")

    wrong = crm.post(f"{one}/record", answers={"satisfied": "so_so"})
    assert (wrong.status_code, [each["field"] for each in wrong.json["errors"]]) == (422, ["with_what"])
    outdated = crm.post(f"{one}/record", answers={"satisfied": "satisfied"}, revision=1)
    assert outdated.status_code == 409
    done = crm.post(f"{one}/record", answers={"satisfied": "so_so", "with_what": "太慢"}, problems="等了两天").json
    assert (done["visit"]["result"], done["visit"]["state"], done["may_do"]) == ("so_so", "done", [])
    case = crm.post(f"{one}/case")
    assert (case.status_code, case.json["title"], case.json["number_shown"]) == (201, "太慢", "13912345678")
    assert crm.post(f"{one}/case").status_code == 409
    assert crm.post(f"{one}/end", ending="refused").status_code == 409
    assert ("visit.record", f"visit:{visit['id']}") in {entry[1:3] for entry in web.audit()}


def test_the_lists_go_page_by_page(web: Web, crm: Program) -> None:
    for place in range(3):
        crm.post("/visits", number=f"1391234567{place}", purpose="回访")
    first = crm.get("/visits?tab=unassigned&limit=2").json
    rest = crm.get(f"/visits?tab=unassigned&limit=2&after={first['after']}").json
    assert (len(first["visits"]), len(rest["visits"]), rest["after"], rest["unassigned"]) == (2, 1, "", 3)
    assert crm.get("/visits?tab=mine").json["visits"] == []
    assert crm.get("/visits?origin=project&tab=all").json["visits"] == []
    assert crm.get("/visits?after=%00").status_code == 422
    assert crm.get("/visits/999").status_code == 404


def test_bad_input_is_refused(web: Web, crm: Program) -> None:
    assert crm.post("/visits", number="abc", purpose="回访").status_code == 422
    assert crm.post("/visits", number="13912345678", purpose="  ").status_code == 422
    assert crm.post("/visits", number="13912345678", purpose="x", due_by="2020-01-01T00:00:00Z").status_code == 422
    assert crm.post("/visits", number="13912345678", purpose="x", due_by="2099-01-01T00:00:00Z").status_code == 422
    one = f"/visits/{crm.post('/visits', number='01088886666', purpose='回访').json['visit']['id']}"
    boss = web.signed_in(Role.SUPERVISOR)
    for moment in ("9999-12-31T23:59", "0001-01-01T00:00", "2026-02-29T09:00", "2031-01-01T09:00"):
        for act, fields in (("agree", {"agreed_at": moment}), ("try", {"outcome": "busy", "again_at": moment})):
            answer = post(boss, f"{one}/{act}", form_page=one, **fields)
            assert answer.status_code == 302 and "tone-bad" in boss.get(answer.location).text
    assert [each["field"] for each in crm.post(f"{one}/way", way="sms").json["errors"]] == ["way"]
    assert crm.post(f"{one}/drop", why=" ").status_code == 422
    assert [each["field"] for each in crm.post(f"{one}/give", username="nobody").json["errors"]] == ["username"]
    assert crm.post(f"{one}/drop", why="客户已搬走").json["visit"]["ending"] == "not_wanted"


def test_who_only_looks_changes_nothing(web: Web, crm: Program) -> None:
    one = f"/visits/{crm.post('/visits', number='13912345678', purpose='回访').json['visit']['id']}"
    reader = Program(web, Role.EXAMINER)
    assert reader.get(one).status_code == 200
    for act, body in (("take", {}), ("give", {"username": "x"}), ("record", {"answers": {}}), ("drop", {"why": "x"})):
        assert reader.post(f"{one}/{act}", **body).status_code == 403
