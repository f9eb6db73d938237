"""Any employee hands in a customer's word (001-3): it becomes a case that somebody is responsible for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from hotline.domain.cases.case import Channel, ServiceCase
from hotline.domain.people import Role
from hotline.storage.cases.listing import CaseFilter, CaseListStore
from hotline.storage.notifications.store import NotificationStore
from tests.support.leaders import person_of
from tests.support.web import Web, a_web, csrf_of, post

SITE = '[web]\npublic_url = "https://hotline.example.com"\n[case_links]\nwords_an_hour = 2\n'
WORD = {"kind": "complaint", "title": "滤芯漏水", "content": "邻居说用了两天就漏水", "number": "13800138000"}


@pytest.fixture
def web(tmp_path: Path) -> Web:
    return a_web(tmp_path, SITE)


def cases(web: Web) -> list[ServiceCase]:
    with web.hotline.storage.reading() as tx:
        return CaseListStore(tx).page(CaseFilter(), 10)


def form(web: Web, boss: FlaskClient) -> str:
    """The token of the standing form's new link."""
    made = post(boss, "/customer-word/form", "/customer-word")
    [token] = re.findall(r"https://hotline\.example\.com/l/([\w-]+)", made.text)
    return token


def test_somebody_of_another_department_hands_it_in_and_a_supervisor_owns_it(web: Web) -> None:
    for name in ("ma", "niu"):
        web.add_user(name, Role.SUPERVISOR)
    people = {name: person_of(web.hotline.storage, name) for name in ("ma", "niu")}
    employee = web.signed_in(Role.DEPARTMENT, username="sun")
    for _ in range(2):
        assert post(employee, "/customer-word", **WORD).status_code == 303
    first, second = sorted(cases(web), key=lambda each: each.number)
    assert (first.opened_by, first.channel, first.caller_number) == ("sun", Channel.EMPLOYEE, "+8613800138000")
    assert {first.owner, second.owner} == {"ma", "niu"}  # shared out
    with web.hotline.storage.reading() as tx:
        told = NotificationStore(tx).of_person(people[first.owner], limit=10)
    assert [(each.kind, each.values) for each in told] == [("case_given", {"case": first.number})]


def test_who_works_on_cases_is_responsible_for_what_they_hand_in(web: Web) -> None:
    """B7"""
    operator = web.signed_in(Role.OPERATOR, username="zhao")
    assert post(operator, "/customer-word", **WORD).status_code == 303
    assert cases(web)[0].owner == "zhao"


def test_what_is_lacking_is_said_and_what_was_written_stays(web: Web) -> None:
    employee = web.signed_in(Role.DEPARTMENT, username="sun")
    for wrong in ({"title": ""}, {"content": " "}, {"number": "不知道"}, {"kind": "gone"}):
        refused = post(employee, "/customer-word?lang=zh", **{**WORD, **wrong})
        assert refused.status_code == 422
        assert "邻居说用了两天就漏水" in refused.text or "content" in wrong
    assert cases(web) == []


def test_an_auditor_hands_in_nothing(web: Web) -> None:
    assert web.signed_in(Role.AUDITOR).get("/customer-word").status_code == 403


def test_by_the_standing_form_everybody_hands_in_with_their_name_until_it_is_renewed(web: Web) -> None:
    boss = web.signed_in(Role.SUPERVISOR, username="boss")
    token = form(web, boss)
    for client, name in ((web.client(), "仓库 老马"), (web.client(), "车间 小牛")):  # no browser is bound
        sent = post(client, f"/l/{token}/word", f"/l/{token}", **WORD, by=name)
        assert sent.status_code == 303 and sent.location == f"/l/{token}?done=handed_in"
    assert {each.opened_by for each in cases(web)} == {"case_word:仓库 老马", "case_word:车间 小牛"}
    assert {each.owner for each in cases(web)} == {"boss"}
    enough = post(web.client(), f"/l/{token}/word", f"/l/{token}", **WORD, by="仓库 老马")
    assert enough.status_code == 422 and "邻居说用了两天就漏水" in enough.text  # too much within the hour
    stale = web.client()
    page = stale.get(f"/l/{token}")
    form(web, boss)
    assert stale.get(f"/l/{token}").status_code == 410
    late = stale.post(f"/l/{token}/word", data={"csrf_token": csrf_of(page), **WORD, "by": "老马"})
    assert late.status_code == 303 and late.location == f"/l/{token}"
    assert len(cases(web)) == 2


def test_nobody_hands_in_by_it_without_saying_who_they_are(web: Web) -> None:
    token = form(web, web.signed_in(Role.SUPERVISOR))
    assert post(web.client(), f"/l/{token}/word", f"/l/{token}", **WORD, by=" ").status_code == 422
    assert cases(web) == []


def test_a_link_for_one_purpose_opens_no_other(web: Web) -> None:
    token = form(web, web.signed_in(Role.SUPERVISOR))
    client = web.client()
    key = csrf_of(client.get(f"/l/{token}"))
    for path in ("say", "accept", "department/answer"):
        assert client.post(f"/l/{token}/{path}", data={"csrf_token": key, "words": "x"}).status_code == 303
    assert cases(web) == []
