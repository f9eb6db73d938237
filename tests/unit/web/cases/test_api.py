"""The API of cases, with a CRM in mind: kinds, opening, acting, lists, board, several at once, as a table, filters."""

from __future__ import annotations

from typing import Any

import pytest
from werkzeug.test import TestResponse

from hotline.domain.people import Role
from hotline.domain.staff.records import Department
from hotline.storage.staff.store import StaffStore
from tests.support.cases import USUAL
from tests.support.web import Web


class Program:
    """With a token of a role."""

    def __init__(self, web: Web, role: Role) -> None:
        self._headers, self._client = web.program(role), web.client()

    def get(self, path: str) -> TestResponse:
        return self._client.get(f"/api/v1{path}", headers=self._headers)

    def post(self, path: str, **body: Any) -> TestResponse:
        return self._client.post(f"/api/v1{path}", headers=self._headers, json=body)

    def delete(self, path: str) -> TestResponse:
        return self._client.delete(f"/api/v1{path}", headers=self._headers)

    def opened(self, kind: str = "complaint", **more: Any) -> Any:
        answer = self.post("/cases", kind=kind, title="漏水", **more)
        assert answer.status_code == 201, answer.text
        return answer.json

    def does(self, case: Any, act: str, revision: int | None = None, **given: str) -> TestResponse:
        body = {"given": {**USUAL.get(act, {}), **given}, **({"revision": revision} if revision else {})}
        return self.post(f"/cases/{case['id']}/acts/{act}", **body)


@pytest.fixture
def crm(web: Web) -> Program:
    return Program(web, Role.SUPERVISOR)


@pytest.fixture
def department(web: Web) -> int:
    with web.hotline.storage.writing() as tx:
        return StaffStore(tx).add_unit(Department("技术部")).id or 0


def test_kinds_say_what_is_asked_and_what_may_be_done(crm: Program) -> None:
    kinds = {each["code"]: each for each in crm.get("/case-kinds").json["kinds"]}
    assert len(kinds) == 11
    address = next(each for each in kinds["complaint"]["fields"] if each["id"] == "address")
    assert address["required"] == ["assign"]


def test_a_case_is_opened_and_goes_its_way(crm: Program, department: int) -> None:
    case = crm.opened(number="139-1234-5678", content="用了两次", channel="mail")
    assert (case["stage"], case["channel"], case["number_shown"]) == ("registered", "mail", "13912345678")
    seen = crm.get(f"/cases/{case['id']}").json
    assert "judge" in [each["id"] for each in seen["acts"]] and seen["number"] == case["number"]
    judged = crm.does(case, "judge", seen["revision"])
    assert judged.status_code == 200 and judged.json["stage"] == "judged"
    lacking = crm.post(f"/cases/{case['id']}/acts/assign", given={"department": str(department)})
    assert lacking.status_code == 422
    assert {each["field"] for each in lacking.json["errors"]} == {"contact_person", "address"}
    assert crm.does(case, "assign", department=str(department)).json["stage"] == "assigned"
    steps = crm.get(f"/cases/{case['id']}").json["steps"]
    assert [each["step"]["act"] for each in steps] == ["open", "judge", "assign"]


def test_whoever_saw_an_older_case_is_told_and_changes_nothing(crm: Program) -> None:
    case = crm.opened()
    assert crm.does(case, "remark", case["revision"], note="一").status_code == 200
    assert crm.does(case, "remark", case["revision"], note="二").status_code == 409
    assert crm.does(case, "approve").status_code == 409
    assert crm.does(case, "nothing").status_code == 404
    assert crm.post("/cases/99999/acts/remark", given={"note": "x"}).status_code == 404
    assert crm.post("/cases", kind="nothing", title="x").status_code == 422
    assert crm.post("/cases", kind="complaint", title="x", values={"colour": "red"}).status_code == 422


def test_lists_board_and_table(crm: Program) -> None:
    first, second = crm.opened(), crm.opened("enquiry")
    crm.does(first, "judge")
    assert [each["number"] for each in crm.get("/cases").json["cases"]] == [second["number"], first["number"]]
    assert [each["number"] for each in crm.get("/cases?stage=judged").json["cases"]] == [first["number"]]
    page = crm.get("/cases?limit=1").json
    assert (len(page["cases"]), page["more"], page["total"]) == (1, True, 2)
    columns = {each["stage"]: each["cases"] for each in crm.get("/cases/board?kind=complaint").json["columns"]}
    assert [each["number"] for each in columns["judged"]] == [first["number"]] and columns["registered"] == []
    lines = crm.get("/cases/export?kind=enquiry").text.splitlines()
    assert len(lines) == 2 and second["number"] in lines[1]
    assert lines[0].lstrip("\ufeff").startswith("number,kind,title")
    assert crm.get("/cases?stage=X!").status_code == 422


def test_several_are_given_and_assigned_each_for_itself(web: Web, crm: Program, department: int) -> None:
    web.add_user("zhou", Role.OPERATOR)
    cases = [crm.opened(values=USUAL["assign"]), crm.opened(values=USUAL["assign"])]
    ids = [each["id"] for each in cases]
    crm.does(cases[0], "judge")
    assert crm.post("/cases/give", case_ids=[*ids, 9999], to="zhou").json == {"done": ids, "refused": [9999]}
    done = crm.post("/cases/assign", case_ids=ids, department_id=department).json
    assert done == {"done": [ids[0]], "refused": [ids[1]]}
    assert {each["owner"] for each in crm.get("/cases").json["cases"]} == {"zhou"}
    assert crm.post("/cases/give", case_ids=[], to="zhou").status_code == 422


def test_filters_are_kept_shared_and_taken_away(web: Web, crm: Program) -> None:
    kept = crm.post("/case-filters", name="急件", asked={"severity": "severe"}, shared=True)
    assert kept.status_code == 201 and kept.json["asked"] == {"severity": "severe"}
    other = Program(web, Role.OPERATOR)
    assert [each["name"] for each in other.get("/case-filters").json["filters"]] == ["急件"]
    assert other.post("/case-filters", name="x", asked={}, shared=True).status_code == 403
    assert other.delete(f"/case-filters/{kept.json['id']}").status_code == 403
    assert crm.delete(f"/case-filters/{kept.json['id']}").status_code == 204
    assert crm.delete(f"/case-filters/{kept.json['id']}").status_code == 404


def test_who_may_what(web: Web, crm: Program) -> None:
    case = crm.opened()
    operator, examiner, auditor = (Program(web, each) for each in (Role.OPERATOR, Role.EXAMINER, Role.AUDITOR))
    assert operator.get("/cases/export").status_code == 403
    assert operator.post("/cases/give", case_ids=[case["id"]], to="x").status_code == 403
    assert auditor.post("/cases", kind="complaint", title="x").status_code == 403
    assert examiner.does(case, "judge").status_code == 403
    assert auditor.get(f"/cases/{case['id']}").status_code == 200
    assert web.client().get("/api/v1/cases").status_code == 401
