"""Questionnaires by API: listed, answered, counted (001-3 10.1.2)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hotline.domain.people import Role
from tests.support.web import Web

_ALL = "/api/v1/questionnaires"


def answers_to(web: Web, code: str, program: dict[str, str]) -> dict[str, str]:
    """To all that must be answered, the best of each scale."""
    found = web.client().get(_ALL, headers=program).json["questionnaires"]
    items = next(each["items"] for each in found if each["code"] == code)
    return {each["id"]: each["answers"][-1] for each in items if each["answers"]}


def test_what_was_answered_is_counted(web: Web) -> None:
    client, program = web.client(), web.program(Role.SUPERVISOR)
    given = answers_to(web, "after_sales", program)
    body = {"answers": given, "number": "13800138000"}
    made = client.post(f"{_ALL}/after_sales/replies", json=body, headers=program)
    assert made.status_code == 201 and made.json["version"] >= 1 and made.json["way"] == "phone"
    time = {"since": (web.now - timedelta(days=1)).isoformat(), "until": (web.now + timedelta(days=1)).isoformat()}
    found = client.get(f"{_ALL}/after_sales/results", query_string=time, headers=program).json
    assert (found["replies"], found["mean"]) == (1, made.json["score"])
    assert {each["id"] for each in found["items"] if each["answered"]} == set(given)


@pytest.mark.parametrize(
    ("code", "more", "status"),
    [
        ("none", {}, 404),
        ("after_sales", {"answers": {}}, 422),
        ("after_sales", {"answers": {"unknown": "1"}}, 422),
        ("after_sales", {"number": "abc"}, 422),
        ("after_sales", {"call_id": 999}, 404),
        ("after_sales", {"way": "link"}, 422),
    ],
)
def test_what_does_not_fit_is_refused(web: Web, code: str, more: dict[str, object], status: int) -> None:
    program = web.program(Role.SUPERVISOR)
    body = {"answers": answers_to(web, "after_sales", program), **more}
    answer = web.client().post(f"{_ALL}/{code}/replies", json=body, headers=program)
    assert answer.status_code == status


def test_operators_fill_them_in_and_see_no_results(web: Web) -> None:
    client, program = web.client(), web.program(Role.OPERATOR)
    assert client.get(_ALL, headers=program).status_code == 200
    time = {"since": web.now.isoformat(), "until": (web.now + timedelta(days=1)).isoformat()}
    assert client.get(f"{_ALL}/after_sales/results", query_string=time, headers=program).status_code == 403
    assert client.get(_ALL, headers=web.program(Role.AUDITOR)).status_code == 403
