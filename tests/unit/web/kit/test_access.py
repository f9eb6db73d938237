"""Who gets where. What holds for every route: test_web_every_route."""

from __future__ import annotations

import functools
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from hotline.domain.errors import Forbidden
from hotline.domain.people import Role
from hotline.web.kit import access
from tests.support.sample_calls import answered_call
from tests.support.web import Web

MANAGERS = {Role.SUPERVISOR, Role.ADMINISTRATOR}
#: Those that there were before leaders, departments and auditors came.
FIRST_FOUR = {Role.OPERATOR, Role.EXAMINER, *MANAGERS}

#: Every page that is opened by an address alone, and who may (besides nobody who is not signed in).
PAGES = {
    "/calls": FIRST_FOUR | {Role.LEADER, Role.AUDITOR},
    "/calls/1": FIRST_FOUR | {Role.AUDITOR},
    "/callbacks": {Role.OPERATOR, Role.LEADER, Role.AUDITOR, *MANAGERS},
    "/customers": FIRST_FOUR | {Role.LEADER, Role.AUDITOR},
    "/customers/1": FIRST_FOUR | {Role.LEADER, Role.AUDITOR},
    "/customers/new": {Role.OPERATOR, Role.LEADER, *MANAGERS},
    "/customers/export": {Role.AUDITOR, *MANAGERS},
    "/directory": {Role.OPERATOR, Role.LEADER, Role.DEPARTMENT, Role.AUDITOR, *MANAGERS},
    "/directory/new": MANAGERS,
    "/messages": {Role.OPERATOR, Role.LEADER, *MANAGERS},
    "/cards": FIRST_FOUR | {Role.LEADER, Role.AUDITOR},
    "/cards/new": MANAGERS,
    "/line": FIRST_FOUR | {Role.LEADER, Role.AUDITOR},
    "/roster": FIRST_FOUR | {Role.LEADER, Role.AUDITOR},
    "/recordings/1/audio": {Role.EXAMINER, *MANAGERS},
    "/password": set(Role),
    "/floor": MANAGERS | {Role.LEADER},
    "/floor/wall": MANAGERS,
    "/admin/people": {Role.ADMINISTRATOR},
    "/admin/people/add": {Role.ADMINISTRATOR},
    "/admin/people/nobody": {Role.ADMINISTRATOR},
    "/admin/sessions": {Role.ADMINISTRATOR},
    "/admin/tokens": {Role.ADMINISTRATOR},
    "/admin/links": {Role.ADMINISTRATOR},
    "/admin/sms": {Role.ADMINISTRATOR},
    "/admin/audit": {Role.AUDITOR, *MANAGERS},
}


def test_only_these_routes_are_open_to_everybody(web: Web) -> None:
    open_to_all = {
        rule.rule
        for rule in web.app.url_map.iter_rules()
        if (stated := access.permission_of(web.app, rule.endpoint)) and stated.way is access.AccessKind.PUBLIC
    }
    assert open_to_all == {
        "/static/<path:filename>",
        "/sign-in",
        "/sign-in/code",  # of whoever has shown their password in this browser
        "/sign-in/company",
        "/sign-in/company/back",  # what the provider says is what lets in
        "/sign-in/company/out",
        "/preferences",
        "/api/v1/health",
        "/api/v1/openapi.json",
        "/floor/wall/enter/<string:token>",  # the token is what lets in, once
        "/l/<token>/report.xlsx",
        # So does the token of a link, each time for its purpose.
        "/l/<token>",
        "/l/<token>/open",
        "/l/<token>/form",
        "/l/<token>/done",
        "/l/<token>/accept",
        "/l/<token>/refuse",
        "/l/<token>/say",
        "/l/<token>/files",
        "/l/<token>/word",
        "/l/<token>/answers",
        "/l/<token>/not-asked",
        "/l/<token>/rate",
        "/l/shifts/<secret>.ics",
        "/l/<token>/department/<any(answer, return, extend):what>",
        "/l/<token>/file/<int:attachment_id>",
        "/duty/<token>",  # where these links led before
        "/l/static/<path:filename>",
    }


def test_only_the_gateway_of_text_messages_comes_by_a_signature(web: Web) -> None:
    """It carries neither session nor token, and no CSRF token: its use case verifies the signature first."""
    stated = {rule.rule: access.permission_of(web.app, rule.endpoint) for rule in web.app.url_map.iter_rules()}
    signed = [rule for rule, permission in stated.items() if permission and permission.way is access.AccessKind.SIGNED]
    assert signed == ["/l/sms/reports"]


def test_a_route_that_states_nothing_is_refused() -> None:
    app = Flask(__name__)
    app.add_url_rule("/silent", view_func=lambda: "never seen", endpoint="silent")
    with app.test_request_context("/silent"), pytest.raises(Forbidden):
        access.guard(app)


@pytest.fixture(scope="module")
def readers(any_web: Web) -> Callable[[Role], FlaskClient]:
    """Of each role one, who reads alone."""
    any_web.keep(answered_call())
    return functools.cache(any_web.signed_in)


@pytest.mark.parametrize("path", PAGES)
def test_who_is_not_signed_in_is_led_to_the_sign_in_page(any_web: Web, path: str) -> None:
    answer = any_web.client().get(path)
    assert answer.status_code == 302
    assert answer.location.startswith("/sign-in?next=")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("role", Role)
def test_each_role_gets_its_pages_and_no_others(readers: Callable[[Role], FlaskClient], path: str, role: Role) -> None:
    answer = readers(role).get(path, buffered=True)  # what is streamed ends here, not in a later question
    # 404: let through, and the recording of this call is not there to be heard.
    assert (answer.status_code in (200, 404)) == (role in PAGES[path])
    assert answer.status_code in (200, 403, 404)


@pytest.mark.parametrize("path", ["/line/declare", "/line/calendar"])
@pytest.mark.parametrize("role", [Role.OPERATOR, Role.EXAMINER])
def test_only_supervisors_and_administrators_declare(web: Web, path: str, role: Role) -> None:
    client = web.signed_in(role)
    assert client.post(path).status_code == 403


def test_the_menu_shows_nobody_a_page_that_is_not_theirs(web: Web) -> None:
    assert "/callbacks" not in web.signed_in(Role.EXAMINER).get("/calls").text
    assert "/callbacks" in web.signed_in(Role.OPERATOR).get("/calls").text
