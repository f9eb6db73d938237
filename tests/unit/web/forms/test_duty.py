"""B2: the duty person's link, and the pages of records."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from hotline.domain.cases.case import CaseKind
from hotline.domain.forms.form import FormChange
from hotline.domain.people import Actor, Role
from hotline.services.cases.opening import NewCase, open_case
from hotline.services.forms import duty_links
from hotline.services.forms.follow_ups import ask_to_block
from hotline.services.forms.forms import form_of
from hotline.storage.forms.store import FormStore
from hotline.storage.line.blocklist import BlocklistStore
from tests.support import sample_calls as sample
from tests.support.instance import at
from tests.support.web import Web, a_web, csrf_of, post

COMPLETE = {"category": "suggestion", "content": "建议增加配件"}


@pytest.fixture
def web(tmp_path: Path) -> Web:
    return a_web(tmp_path, '[web]\npublic_url = "https://hotline.example.com"\n')


@pytest.fixture
def token(web: Web) -> str:
    web.keep(sample.duty_call("node1-1.3", at("2026-11-15 22:10:00")), sample.talking_call("node1-1.5"))
    return made(web)


def made(web: Web) -> str:
    with web.hotline.storage.reading() as tx:
        form = form_of(tx, "node1", "node1-1.3")
    assert form is not None
    return duty_links.make_link(web.hotline.storage, web.hotline.settings, form.id or 0, "boss", web.now).token


def opened(web: Web, token: str) -> FlaskClient:
    """The browser that opened the link."""
    client = web.client()
    assert post(client, f"/l/{token}/open", form_page=f"/l/{token}").status_code == 302
    return client


def send(client: FlaskClient, token: str, method: str, what: str, csrf: str, **body: object) -> TestResponse:
    return client.open(f"/l/{token}/{what}", method=method, json=body, headers={"X-CSRFToken": csrf})


def csrf(client: FlaskClient, token: str) -> str:
    found = re.search(r'"csrf_token": ?"([^"]+)"', client.get(f"/l/{token}").text)
    assert found is not None
    return found[1]


def test_b2_a_look_at_the_link_binds_nobody_and_shows_nothing_of_the_call(web: Web, token: str) -> None:
    for _ in range(3):  # the robots of messengers
        page = web.client().get(f"/l/{token}")
        assert page.status_code == 200
        assert "12345678" not in page.text
    assert "form-page-data" in opened(web, token).get(f"/l/{token}").text


def test_b2_the_link_shows_this_call_to_the_browser_that_opened_it_and_to_no_other(web: Web, token: str) -> None:
    client = opened(web, token)
    page = client.get(f"/l/{token}").text
    assert "075512345678" in page and "13912345678" not in page
    other = web.client()
    assert other.get(f"/l/{token}").status_code == 403
    assert post(other, f"/l/{token}/open", form_page="/sign-in").status_code == 302
    assert other.get(f"/l/{token}").status_code == 403
    refused = send(other, token, "PUT", "form", csrf_of(other.get("/sign-in")), version=1, content="x")
    assert refused.status_code == 403
    for path in ("/forms", "/forms/1", "/calls", "/api/v1/forms"):
        assert client.get(path).status_code in (302, 401), "the link opens nothing else"


def test_b2_the_record_is_written_once_by_the_link(web: Web, token: str) -> None:
    client = opened(web, token)
    key = csrf(client, token)
    assert send(client, token, "PUT", "form", key, version=1, **COMPLETE).json["version"] == 2
    assert send(client, token, "PUT", "form", key, version=1, content="y").status_code == 409
    done = send(client, token, "POST", "done", key, version=2)
    assert (done.status_code, done.json["state"], done.json["done_by"]) == (200, "done", "duty:李四")
    assert send(client, token, "PUT", "form", key, version=3, content="z").status_code == 403
    assert client.get(f"/l/{token}").status_code == 410
    actions = [action for _who, action, _object in web.audit() if action.startswith(("link.", "form."))]
    assert actions == ["link.make", "link.open", "form.write", "link.use", "form.done"]


def test_b2_a_link_that_is_too_old_lets_nobody_in(web: Web, token: str) -> None:
    client = opened(web, token)
    key = csrf(client, token)
    web.hotline.clock.now += timedelta(hours=web.hotline.settings.form.link_hours)  # type: ignore[attr-defined]
    assert client.get(f"/l/{token}").status_code == 410
    assert send(client, token, "PUT", "form", key, version=1, content="x").status_code == 403


def test_b2_a_newer_link_ends_the_older_one(web: Web, token: str) -> None:
    client = opened(web, token)
    newer = made(web)
    assert client.get(f"/l/{token}").status_code == 410
    assert opened(web, newer).get(f"/l/{newer}").status_code == 200


@pytest.mark.parametrize("wrong", ["x", "%00", "长" * 40, "a" * 3000, "..%2f..%2fforms", "' OR 1=1 --"])
def test_a_wrong_link_is_told_plainly(web: Web, wrong: str) -> None:
    response = web.client().get(f"/l/{wrong}")
    assert response.status_code == 404


def test_guessing_links_is_made_slow(web: Web, token: str) -> None:
    client = web.client()
    said = [client.get(f"/l/guess{n}").status_code for n in range(25)]
    assert said[0] == 404 and said[-1] == 429
    # A mobile network has one address for thousands of people.
    assert client.get(f"/l/{token}").status_code == 200
    assert opened(web, token).get(f"/l/{token}").status_code == 200


def test_b2_without_the_csrf_token_nothing_is_written_by_a_link(web: Web, token: str) -> None:
    client = opened(web, token)
    assert send(client, token, "PUT", "form", "", version=1, content="x").status_code == 400


def test_b2_supervisors_make_links_for_duty_records_alone(web: Web, token: str) -> None:
    boss = web.signed_in(Role.SUPERVISOR, username="boss")
    page = post(boss, "/forms/1/link", form_page="/forms/1")
    assert re.search(r"https://hotline.example.com/l/[\w-]{40,}", page.text)
    assert post(boss, "/forms/2/link", form_page="/password").status_code == 422
    zhao = web.signed_in(Role.OPERATOR, username="zhao")
    assert post(zhao, "/forms/1/link", form_page="/password").status_code == 403


def test_b1_the_list_shows_what_is_to_be_written(web: Web, token: str) -> None:
    web.hotline.clock.now = at("2026-11-16 12:00:01")  # type: ignore[attr-defined]
    boss = web.signed_in(Role.SUPERVISOR, username="boss")
    page = boss.get("/forms").text
    assert "李四" in page and "赵敏" in page
    overdue = boss.get("/forms?state=overdue&lang=zh").text
    assert "李四" in overdue and "1001" not in overdue.split("<tbody>")[1]
    for query in ("state=nonsense", "page=999999999999", "q=%00%F0%9F%8E%89'--", "owner=%27", "origin=x", "q=x"):
        assert boss.get(f"/forms?{query}").status_code == 200
    assert boss.get("/forms/99999999999").status_code == 404
    assert boss.get("/forms/77").status_code == 404


def test_a_record_holds_hostile_text_as_text(web: Web, token: str) -> None:
    hostile = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"
    with web.hotline.storage.writing() as tx:
        form = form_of(tx, "node1", "node1-1.5")
        assert form is not None
        FormStore(tx).update(replace(form, caller_name=hostile, content=hostile, version=2), 1)
        FormStore(tx).note(FormChange(form.id or 0, 2, web.now, hostile, {"content": hostile}))
    boss = web.signed_in(Role.SUPERVISOR, username="boss")
    for path in ("/forms", "/forms/2"):
        page = boss.get(path).text
        assert "<script>alert" not in page and "<img src=x" not in page


def test_b7_pages_of_cases(web: Web, token: str) -> None:
    zhao = Actor("zhao", (Role.OPERATOR,), "赵敏", 1, "1001")
    storage = web.hotline.storage
    case = open_case(
        storage, web.hotline.settings, NewCase(CaseKind.REQUEST, "<b>漏电</b>", "x" * 9000, 2), zhao, web.now
    )
    ask_to_block(storage, 2, "<i>骚扰</i>", 30, zhao, web.now)
    client = web.signed_in(Role.OPERATOR, username="zhao")
    assert case.number in client.get("/cases").text
    assert "&lt;b&gt;" in client.get(f"/cases/{case.id}").text
    assert post(client, f"/cases/{case.id}/acts/close", form_page=f"/cases/{case.id}", result="").status_code == 422
    assert post(client, f"/cases/{case.id}/acts/close", form_page=f"/cases/{case.id}", result="换货").status_code == 302
    assert client.get("/block-requests").status_code == 403
    boss = web.signed_in(Role.SUPERVISOR, username="boss")
    assert "&lt;i&gt;" in boss.get("/block-requests").text
    assert post(boss, "/block-requests/1/approve", form_page="/block-requests").status_code == 302
    assert post(boss, "/block-requests/1/refuse", form_page="/password").status_code == 302
    with storage.reading() as tx:
        assert BlocklistStore(tx).active("+8613912345678", web.now) is not None
