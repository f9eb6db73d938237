"""Along every route: it states who may, lets in nobody else, and changes nothing without the session's CSRF token."""

from __future__ import annotations

import itertools

import pytest
from flask.testing import FlaskClient

from hotline.domain.people import Role
from hotline.web.kit.access import AccessKind
from tests.support.routes import Route, changing, routes
from tests.support.web import Web, a_web, csrf_of


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Web:
    return a_web(tmp_path_factory.mktemp("walk"))


@pytest.fixture(scope="module")
def people(walked: Web) -> dict[Role, FlaskClient]:
    return {role: walked.signed_in(role) for role in Role}


@pytest.fixture(scope="module")
def programs(walked: Web) -> dict[Role, dict[str, str]]:
    return {role: walked.program(role) for role in Role}


def _send(client: FlaskClient, route: Route, headers: dict[str, str] | None = None) -> int:
    """Without a body where one may be: what the guard says comes before what the view says."""
    return client.open(
        route.path, method=route.method, headers=headers, json={} if "/api/" in route.path else None
    ).status_code


def test_every_route_states_who_may(walked: Web) -> None:
    assert [str(route) for route in routes(walked.app) if route.permission is None] == []


def test_the_api_knows_people_and_programs_and_every_page_knows_people(walked: Web) -> None:
    wrong = [
        str(route)
        for route in routes(walked.app)
        if route.permission
        and route.permission.way is not AccessKind.PUBLIC
        and (route.permission.way is AccessKind.API) != route.rule.startswith("/api/")
        and route.permission.way is not AccessKind.DISPLAY
    ]
    assert wrong == []


def test_nobody_gets_in_without_being_known(walked: Web) -> None:
    """Pages lead to the sign-in page; the API never does."""
    for route in routes(walked.app):
        if route.permission is None or route.permission.way is AccessKind.PUBLIC:
            continue
        answer = walked.client().open(route.path, method=route.method)
        if route.permission.way is AccessKind.SIGNED:
            assert answer.status_code in (403, 404), str(route)  # 404: no gateway is set, whose signature it could be
        elif route.rule.startswith("/api/"):
            assert (answer.status_code, answer.mimetype) == (401, "application/problem+json"), str(route)
        else:
            assert answer.status_code == 302 and answer.location.startswith("/sign-in"), str(route)


def test_nobody_gets_in_with_another_role(
    walked: Web, people: dict[Role, FlaskClient], programs: dict[Role, dict[str, str]]
) -> None:
    refused = 0
    for route, role in itertools.product(routes(walked.app), Role):
        permission = route.permission
        if permission is None or not permission.roles or role in permission.roles:
            continue
        assert _send(people[role], route) == 403, f"{route} as {role}"
        if permission.way is AccessKind.API:
            assert _send(walked.client(), route, programs[role]) == 403, f"{route} as a token's {role}"
        refused += 1
    assert refused > 50


def test_a_session_changes_nothing_without_its_csrf_token(walked: Web, people: dict[Role, FlaskClient]) -> None:
    """The check stands before every view: no address has to exist for it."""
    for route in changing(walked.app):
        assert route.permission is not None
        if route.permission.way is AccessKind.SIGNED:
            continue  # no session lets anybody in there
        roles = route.permission.roles or (Role.ADMINISTRATOR,)
        for headers in ({}, {"X-CSRFToken": "made-up"}):
            answer = people[roles[0]].open(route.path, method=route.method, headers=headers)
            assert answer.status_code == 400, str(route)
            if route.rule.startswith("/api/"):
                assert answer.json["code"] == "csrf", str(route)
            else:
                assert "Cookie" in answer.text, str(route)


def test_another_sessions_csrf_token_is_worth_nothing(walked: Web, people: dict[Role, FlaskClient]) -> None:
    token = _csrf(people[Role.SUPERVISOR])
    mine = people[Role.ADMINISTRATOR].post("/sign-out", data={"csrf_token": token})
    assert mine.status_code == 400


def test_with_the_csrf_token_in_a_header_a_session_changes_things(walked: Web) -> None:
    client = walked.signed_in(Role.ADMINISTRATOR, username="once")
    assert client.post("/sign-out", headers={"X-CSRFToken": _csrf(client)}).location == "/sign-in"


def test_a_program_needs_no_csrf_token(walked: Web, programs: dict[Role, dict[str, str]]) -> None:
    checked = 0
    for route in changing(walked.app):
        if route.permission and route.permission.way is AccessKind.API:
            roles = route.permission.roles or (Role.ADMINISTRATOR,)
            answer = walked.client().open(route.path, method=route.method, headers=programs[roles[0]], json={})
            # What the view itself says of this program (it is no operator, there is no such form) is not looked at.
            assert answer.status_code not in (401, 500), str(route)
            assert (answer.get_json(silent=True) or {}).get("code") != "csrf", str(route)
            checked += 1
    assert checked > 0


def _csrf(client: FlaskClient) -> str:
    page = client.get("/password").text
    return page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]


def test_json_nested_without_end_breaks_no_route(walked: Web) -> None:
    """F8: whoever sends it is told that it was wrong, as for other JSON that nobody can read; nothing is 500."""
    client = walked.signed_in(Role.ADMINISTRATOR, Role.SUPERVISOR, username="nester")
    token = csrf_of(client.get("/admin/menus"))
    nested = {"data": b"[" * 100_000, "content_type": "application/json", "headers": {"X-CSRFToken": token}}
    broken = []
    for route in changing(walked.app):
        if "sign-out" not in route.rule and "session" not in route.rule:  # these end the one that asks
            answer = client.open(route.path, method=route.method, **nested)  # type: ignore[arg-type]
            broken += [str(route)] if answer.status_code == 500 else []
    assert broken == []
    assert client.get("/admin/menus").status_code == 200, "signed out on the way: the rest was not tried"
