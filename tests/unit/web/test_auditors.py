"""What an auditor may not: see a number whole, find by one, hear, change anything (A14, E4)."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from hotline.domain.accounts.audit import AuditFilter
from hotline.domain.people import Actor, Role
from hotline.services.accounts import audit
from hotline.storage.audit import AuditLog
from tests.support.routes import changing, routes
from tests.support.strangers import NUMBERS, Strangers, shown_in, somebody, strangers
from tests.support.web import Web, a_web

WHOLE = NUMBERS["answered"].removeprefix("+86")
AUDITOR = Actor("shen", (Role.AUDITOR,), "沈审计", 9)
BOSS = Actor("boss", (Role.SUPERVISOR,), "Boss", 8)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> tuple[Web, Strangers]:
    web = a_web(tmp_path_factory.mktemp("auditors"))
    return web, strangers(web)


@pytest.fixture(scope="module")
def auditor(world: tuple[Web, Strangers]) -> FlaskClient:
    return somebody(world[0], "shen", Role.AUDITOR)


def test_customers_are_given_out_with_masked_numbers(world: tuple[Web, Strangers], auditor: FlaskClient) -> None:
    export = auditor.get("/customers/export").text
    assert "陌生人" in export and WHOLE[-4:] in export
    assert shown_in(export) == set()
    assert "answered" in shown_in(somebody(world[0], "boss", Role.SUPERVISOR).get("/customers/export").text)


@pytest.mark.parametrize("path", ["/calls?caller=", "/customers?q=", "/cases?state=all&q=", "/forms?state=all&q="])
def test_nothing_is_found_by_a_whole_number_but_by_its_end(auditor: FlaskClient, path: str) -> None:
    """Whoever tried all numbers would know them."""
    found = auditor.get(path + WHOLE[-4:]).text
    assert "****" in found.replace(" ", "")
    by_whole = auditor.get(path + WHOLE).text
    assert by_whole.replace(" ", "").count("****") < found.replace(" ", "").count("****") or "problem" in by_whole


def test_the_audit_log_is_read_with_masked_numbers(world: tuple[Web, Strangers]) -> None:
    web, _there = world
    storage = web.hotline.storage
    with storage.writing() as tx:
        AuditLog(tx).add(web.now, "ting", "ledger.search", f"caller:{WHOLE}", f"asked on 2026-11-16 for {WHOLE}")
    wanted = AuditFilter(who="ting")
    [masked] = audit.read_audit(storage, AUDITOR, web.now, wanted, 10).entries
    assert WHOLE not in masked.object + masked.detail
    assert masked.detail.startswith("asked on 2026-11-16 for ") and masked.object.endswith(WHOLE[-4:])
    assert masked.hash == "", "it would tell the number to whoever tries all"
    [whole] = audit.read_audit(storage, BOSS, web.now, wanted, 10).entries
    assert whole.object == f"caller:{WHOLE}" and whole.hash


def test_the_audit_log_is_not_searched_by_a_number(world: tuple[Web, Strangers]) -> None:
    web, _there = world
    with web.hotline.storage.writing() as tx:
        AuditLog(tx).add(web.now, "boss", "customers.search", f"caller:{NUMBERS['talking'][3:]}")
    wanted = AuditFilter(object=f"caller:{NUMBERS['talking'][3:]}")
    assert audit.read_audit(web.hotline.storage, BOSS, web.now, wanted, 10).entries
    assert not audit.read_audit(web.hotline.storage, AUDITOR, web.now, wanted, 10).entries


def test_an_auditor_hears_nothing(world: tuple[Web, Strangers], auditor: FlaskClient) -> None:
    there = world[1]
    for path in (
        f"/recordings/{there.recording}/audio",
        f"/recordings/{there.recording}/download",
        f"/api/v1/recordings/{there.recording}/peaks",
        f"/api/v1/examples/{there.example}/clip",
        f"/api/v1/calls/{there.answered}/quality",
        "/search?q=叶片发黄",
    ):
        assert auditor.get(path).status_code == 403, path


def test_an_auditor_changes_nothing_but_their_own_account(world: tuple[Web, Strangers]) -> None:
    own = {"/sign-in", "/sign-out", "/password", "/preferences"}
    own |= {"/my-sessions/end-others", "/my-sessions/<int:session_id>/end"}
    own |= {"/sign-in/code", *(f"/my-second-factor/{act}" for act in ("begin", "set-up", "codes"))}
    own |= {"/me", "/me/away", "/me/away/<int:absence_id>/end"}
    open_to_them = {
        route.rule for route in changing(world[0].app) if route.permission and route.permission.allows((Role.AUDITOR,))
    }
    rules = {route.rule for route in routes(world[0].app)}
    by_token = {rule for rule in rules if rule.startswith("/l/")}
    notifications = {rule for rule in rules if rule.startswith(("/notifications", "/my-notifications"))}
    assert open_to_them - own - by_token - notifications == set()
