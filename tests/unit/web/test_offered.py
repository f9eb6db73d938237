"""No page offers what its reader may not do: each address that it leads or sends to lets in their role."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.exceptions import HTTPException

from hotline.domain.people import Role
from hotline.web.kit.access import AccessKind, permission_of
from tests.support.leaders import team
from tests.support.routes import values_of
from tests.support.strangers import somebody, strangers
from tests.support.web import Web, a_web

_LINK = re.compile(r'(?:href|data-href|hx-get)="(/[^"]*)"')
_FORM = re.compile(r'<form[^>]*method="post"[^>]*action="(/[^"]*)"', re.IGNORECASE)
NOT_OPENED = frozenset({"static", "api.events", "floor.wall_events", "phone_socket.phone_socket"})


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Web:
    made = a_web(tmp_path_factory.mktemp("offered"))
    strangers(made)
    somebody(made, "zhao", Role.OPERATOR, extension="1001")
    return made


@pytest.mark.parametrize("role", Role)
def test_every_link_and_form_is_open_to_whoever_sees_it(web: Web, role: Role) -> None:
    client = somebody(web, f"reads-{role.value}", role)
    if role is Role.LEADER:
        team(web.hotline.storage, "一组", "reads-leader", "zhao")
    wrong = set()
    for address in _addresses(web.app, role):
        answer = client.get(address)
        if answer.status_code != 200 or answer.mimetype != "text/html":
            continue
        wrong |= {
            f"{address} → {method} {to}" for method, to in _offers(answer.text) if not _open(web, method, to, role)
        }
    assert sorted(wrong) == []


def _addresses(app: Flask, role: Role) -> Iterator[str]:
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        permission = permission_of(app, rule.endpoint)
        assert permission is not None
        public = permission.way is AccessKind.PUBLIC
        if (
            "GET" in (rule.methods or ())
            and rule.endpoint not in NOT_OPENED
            and not public
            and permission.allows((role,))
        ):
            for number in (1, 2, 3) if rule.arguments else (1,):
                yield adapter.build(rule.endpoint, values_of(rule, number))


def _offers(page: str) -> Iterator[tuple[str, str]]:
    yield from (("GET", html.unescape(to).partition("?")[0].partition("#")[0]) for to in _LINK.findall(page))
    yield from (("POST", html.unescape(to).partition("?")[0]) for to in _FORM.findall(page))


def _open(web: Web, method: str, address: str, role: Role) -> bool:
    try:
        endpoint, _values = web.app.url_map.bind("localhost").match(address, method)
    except HTTPException:
        return False
    permission = permission_of(web.app, endpoint)
    return permission is not None and (permission.way is AccessKind.PUBLIC or permission.allows((role,)))
