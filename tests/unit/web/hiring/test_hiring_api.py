"""Operators hired, given new phone passwords and leaving by the API: as on the pages, by the same table of rights."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from hotline.domain.people import Role
from hotline.storage.accounts.users import UserStore
from tests.support.web import Web, a_web

QUEUES = """
[queues.service]
name = "客户服务"
[menus.main]
prompt = "menu-main"
operator_queue = "service"
keys = {}
"""
NEW = {"name": "孙丽", "username": "sunli", "extension": "1003", "queues": ["service"]}


@pytest.fixture
def web(tmp_path: Path) -> Web:
    return a_web(tmp_path, QUEUES)


@pytest.fixture
def client(web: Web) -> FlaskClient:
    return web.client()


@pytest.fixture
def program(web: Web) -> dict[str, str]:
    return web.program(Role.ADMINISTRATOR)


def hired(client: FlaskClient, program: dict[str, str], **changed: Any) -> Any:
    return client.post("/api/v1/operators", json={**NEW, **changed}, headers=program)


def test_somebody_is_hired_and_both_passwords_are_told_once(
    web: Web, client: FlaskClient, program: dict[str, str]
) -> None:
    answer = hired(client, program)
    assert answer.status_code == 201
    told = answer.get_json()
    assert (told["username"], told["extension"]) == ("sunli", "1003")
    assert told["password"] and told["phone_password"] and told["password"] != told["phone_password"]
    assert "no-store" in answer.headers["Cache-Control"]
    with web.hotline.storage.reading() as tx:
        user = UserStore(tx).by_username("sunli")
    assert user is not None and user.must_change_password and user.extension == "1003"
    said = str(web.audit())
    assert "operator.hire" in said and told["password"] not in said and told["phone_password"] not in said
    accounts = client.get("/api/v1/accounts", headers=program).text
    assert told["password"] not in accounts and told["phone_password"] not in accounts


@pytest.mark.parametrize(
    ("changed", "status", "reason"),
    [
        ({"extension": "12"}, 422, None),
        ({"queues": []}, 422, None),
        ({"queues": ["sales"]}, 422, "hiring.no_queue"),
        ({"department_id": 77}, 422, "hiring.no_department"),
        ({"roles": ["auditor"]}, 422, "hiring.roles"),
        ({"email": "nobody"}, 422, "hiring.email"),
        ({"surname": "孙"}, 422, None),
    ],
)
def test_what_does_not_fit_is_refused_and_changes_nothing(
    web: Web, client: FlaskClient, program: dict[str, str], changed: dict[str, Any], status: int, reason: str | None
) -> None:
    answer = hired(client, program, **changed)
    assert answer.status_code == status
    if reason:
        assert answer.get_json()["reason"] == reason
    with web.hotline.storage.reading() as tx:
        assert UserStore(tx).by_username("sunli") is None


def test_a_user_name_that_is_taken_is_a_conflict(client: FlaskClient, program: dict[str, str]) -> None:
    assert hired(client, program).status_code == 201
    assert hired(client, program, extension="1004").status_code == 409


def test_a_phone_gets_a_new_password(client: FlaskClient, program: dict[str, str]) -> None:
    first = hired(client, program).get_json()["phone_password"]
    answer = client.post("/api/v1/operators/1003/phone-password", headers=program)
    assert answer.status_code == 200
    told = answer.get_json()
    assert told["extension"] == "1003" and told["password"] not in ("", first)
    assert client.post("/api/v1/operators/1099/phone-password", headers=program).status_code == 404


def test_somebody_leaves_later_stays_and_leaves_at_once(web: Web, client: FlaskClient, program: dict[str, str]) -> None:
    hired(client, program)
    address = "/api/v1/operators/1003/leave"
    past = client.post(address, json={"at": "2020-01-01T00:00"}, headers=program)
    assert (past.status_code, past.get_json()["reason"]) == (422, "hiring.leaves_in_the_past")
    later = client.post(address, json={"at": "2099-01-01T00:00"}, headers=program).get_json()
    assert later == {"done": False, "at": "2098-12-31T16:00:00Z", "asterisk": None}
    assert client.post(address, json={}, headers=program).status_code == 409
    assert client.delete(address, headers=program).status_code == 204
    assert client.delete(address, headers=program).status_code == 404
    assert client.post(address, json={}, headers=program).get_json()["done"]
    with web.hotline.storage.reading() as tx:
        user = UserStore(tx).by_username("sunli")
    assert user is not None and not user.active and user.extension is None


@pytest.mark.parametrize("role", [each for each in Role if each is not Role.ADMINISTRATOR])
def test_nobody_else_may(web: Web, client: FlaskClient, role: Role) -> None:
    other = web.program(role)
    assert hired(client, other).status_code == 403
    assert client.post("/api/v1/operators/1001/leave", json={}, headers=other).status_code == 403
    assert client.post("/api/v1/operators/1001/phone-password", headers=other).status_code == 403
