"""What people see and hear stays on no disk of a shared computer."""

from __future__ import annotations

import pytest

from hotline.domain.people import Role
from tests.support.routes import routes
from tests.support.sample_calls import abandoned_call, answered_call, duty_call
from tests.support.web import Web

ENDLESS = ("/api/v1/events", "/api/v1/notifications/events", "/floor/wall/events")


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.SUPERVISOR, Role.OPERATOR, Role.EXAMINER])
def test_whatever_is_answered_is_not_stored(web: Web, role: Role) -> None:
    """Every page, download and answer of the API but the program's own files."""
    web.keep(answered_call(), abandoned_call("x2"), duty_call("x3"))
    client = web.signed_in(role)
    walked = 0
    for route in routes(web.app):
        if route.method != "GET" or route.rule.startswith(("/static/", "/l/static/")) or route.rule in ENDLESS:
            continue
        answer = client.get(route.path)
        assert "no-store" in answer.headers["Cache-Control"], f"{route} is {answer.headers['Cache-Control']}"
        answer.close()
        walked += 1
    assert walked > 60
