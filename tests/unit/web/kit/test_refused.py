"""Refused access stands in the audit log: who wanted what, from where, and no flood of it."""

from __future__ import annotations

from hotline.domain.people import Role
from hotline.storage.audit import AuditLog
from tests.support.web import Web


def refused(web: Web) -> list[tuple[str, str, str]]:
    with web.hotline.storage.reading() as tx:
        return [
            (str(e["who"]), str(e["object"]), str(e["detail"]))
            for e in reversed(AuditLog(tx).latest(1000))
            if e["action"] == "access.refused"
        ]


def test_a_page_and_a_call_of_the_api_that_are_refused_are_noted(web: Web) -> None:
    li = web.signed_in(Role.OPERATOR, username="li")
    assert li.get("/admin/people").status_code == 403
    assert li.get("/recordings/7/audio").status_code == 403
    assert web.client().get("/api/v1/accounts", headers=web.program(Role.EXAMINER)).status_code == 403
    first, second, third = refused(web)
    assert first == ("li", "page:/admin/people", "GET 127.0.0.1")
    assert second == ("li", "page:/recordings/<int:recording_id>/audio", "GET recording_id=7 127.0.0.1")
    assert third[0].startswith("token:") and third[1] == "page:/api/v1/accounts"


def test_the_same_is_noted_once_a_minute(web: Web) -> None:
    li = web.signed_in(Role.OPERATOR, username="li")
    for _ in range(30):
        li.get("/admin/people")
    assert len(refused(web)) == 1
    web.clock.advance(minutes=1)
    li.get("/admin/people")
    assert len(refused(web)) == 2


def test_what_is_allowed_or_not_there_or_needs_a_sign_in_is_no_refusal(web: Web) -> None:
    li = web.signed_in(Role.OPERATOR, username="li")
    li.get("/calls")
    li.get("/calls/77")
    web.client().get("/admin/people")
    assert refused(web) == []
