"""Volumes and days that do not count, told by other systems."""

from __future__ import annotations

import pytest

from hotline.domain.people import Role
from tests.support.web import Web

_FLAT = [0.0] * 18 + [12.5] * 18 + [0.0] * 12
_DAYS = "/api/v1/staffing/left-out-days"


def test_volumes_that_were_told_are_what_the_forecast_goes_by(web: Web) -> None:
    client, program = web.client(), web.program(Role.SUPERVISOR)
    assert client.put("/api/v1/staffing/volumes", json={"mon": _FLAT, "tue": _FLAT}, headers=program).status_code == 204
    found = client.get("/api/v1/staffing?day=2026-11-23", headers=program).json
    assert found["source"] == "typed" and [found["slots"][each]["calls"] for each in (17, 18, 35, 36)] == [
        0,
        12.5,
        12.5,
        0,
    ]


@pytest.mark.parametrize(
    "wrong", [{"mon": [1.0]}, {"mon": [-1.0] * 48}, {"mon": [1e9] * 48}, {"other": _FLAT}, {"mon": ["x"] * 48}]
)
def test_what_is_no_volume_is_refused(web: Web, wrong: dict[str, object]) -> None:
    answer = web.client().put("/api/v1/staffing/volumes", json=wrong, headers=web.program(Role.SUPERVISOR))
    assert answer.status_code == 422


def test_a_day_is_left_out_once_and_counts_again(web: Web) -> None:
    client, program = web.client(), web.program(Role.SUPERVISOR)
    body = {"day": "2026-11-11", "why": "促销"}
    made = client.post(_DAYS, json=body, headers=program)
    assert (made.status_code, made.json["why"]) == (201, "促销")
    assert client.post(_DAYS, json=body, headers=program).status_code == 409
    assert client.post(_DAYS, json={**body, "day": "2030-01-01"}, headers=program).status_code == 422
    assert [each["id"] for each in client.get(_DAYS, headers=program).json["days"]] == [made.json["id"]]
    one = f"{_DAYS}/{made.json['id']}"
    assert [client.delete(one, headers=program).status_code for _ in range(2)] == [204, 404]
    assert client.get(_DAYS, headers=program).json["days"] == []


def test_a_line_that_there_is_not_and_who_may_not_plan(web: Web) -> None:
    client = web.client()
    answer = client.put("/api/v1/staffing/volumes", json={"line": "none"}, headers=web.program(Role.SUPERVISOR))
    assert answer.status_code == 404
    for role in (Role.OPERATOR, Role.EXAMINER):
        program = web.program(role)
        assert client.put("/api/v1/staffing/volumes", json={"mon": _FLAT}, headers=program).status_code == 403
        assert client.post(_DAYS, json={"day": "2026-11-11", "why": "x"}, headers=program).status_code == 403
