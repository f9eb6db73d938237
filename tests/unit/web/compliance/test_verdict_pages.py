"""Who a verdict is about contests it on its page; an examiner who is somebody else decides (F5)."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from hotline.domain.people import Role
from tests.support.kept_rules import judge
from tests.support.leaders import person_of
from tests.support.web import Web, a_web, csrf_of

DAY = date(2026, 11, 16)
REASON = "客户挂断后系统才记下，并非我方超时。"


@pytest.fixture
def web(tmp_path: Path) -> Web:
    return a_web(tmp_path)


@pytest.fixture
def zhao(web: Web) -> FlaskClient:
    """An operator, on whom there is one breach, the first verdict of all."""
    client = in_english(web.signed_in(Role.OPERATOR, username="zhao"))
    judge(web.hotline.storage, "C1", DAY, broken=1, person_id=person_of(web.hotline.storage, "zhao"))
    return client


def in_english(client: FlaskClient) -> FlaskClient:
    client.set_cookie("language", "en")
    return client


def send(client: FlaskClient, act: str, **fields: str) -> TestResponse:
    token = csrf_of(client.get("/reports/verdicts/1"))
    return client.post(f"/reports/verdicts/1/{act}", data={"csrf_token": token, **fields}, follow_redirects=True)


def test_from_the_breach_to_the_contest_to_the_decision(web: Web, zhao: FlaskClient) -> None:
    page = zhao.get("/reports/rules/C1").text
    assert re.search(r'<a href="/reports/verdicts/1">\s*Contest it', page)
    assert "You have contested it" in send(zhao, "contest", reason=REASON).text
    assert "Contested" in zhao.get("/reports/rules/C1").text
    examiner = in_english(web.signed_in(Role.EXAMINER))
    listed = examiner.get("/reports/verdicts/contests").text
    assert "客户挂断后系统才记下" in listed and 'href="/reports/verdicts/1"' in listed
    assert "This is decided." in send(examiner, "decide", decision="upheld", note="属实").text
    assert "Nothing is contested" in examiner.get("/reports/verdicts/contests").text
    assert "客户挂断后系统才记下" in examiner.get("/reports/verdicts/contests?list=all").text
    page = zhao.get("/reports/rules/C1").text
    assert "contested, and the examiner agreed" in page and "None in this time." in page
    assert "属实" in zhao.get("/reports/verdicts/1").text


@pytest.mark.parametrize("reason", ["", "  \n ", "x" * 1001])
def test_a_contest_without_a_reason_is_refused_and_what_was_typed_stays(zhao: FlaskClient, reason: str) -> None:
    answer = send(zhao, "contest", reason=reason)
    assert answer.status_code == 422 and "A reason of at most 1000 characters was expected." in answer.text
    assert reason.strip() in answer.text


def test_hostile_words_stay_words(web: Web, zhao: FlaskClient) -> None:
    send(zhao, "contest", reason="<script>alert(1)</script>\x00\u202e")
    for client in (zhao, web.signed_in(Role.EXAMINER)):
        assert "<script>alert(1)" not in client.get("/reports/verdicts/1").text
    assert "<script>alert(1)" not in web.signed_in(Role.SUPERVISOR).get("/reports/verdicts/contests?list=all").text


def test_a_decision_without_a_choice_or_words_is_refused(web: Web, zhao: FlaskClient) -> None:
    send(zhao, "contest", reason=REASON)
    examiner = in_english(web.signed_in(Role.EXAMINER))
    assert send(examiner, "decide", note="属实").status_code == 422
    answer = send(examiner, "decide", decision="rejected", note="")
    assert answer.status_code == 422 and 'value="rejected" required checked' in answer.text


def test_others_have_no_form_and_cannot_contest(web: Web, zhao: FlaskClient) -> None:
    other = web.signed_in(Role.OPERATOR, username="qian")
    assert other.get("/reports/verdicts/1").status_code == 403
    boss = web.signed_in(Role.SUPERVISOR)
    assert 'name="reason"' not in boss.get("/reports/verdicts/1").text
    assert send(boss, "contest", reason=REASON).status_code == 403
    assert zhao.get("/reports/verdicts/contests").status_code == 403
    assert send(zhao, "decide", decision="upheld", note="x").status_code == 403


def test_without_the_pages_token_nothing_is_contested(web: Web, zhao: FlaskClient) -> None:
    assert zhao.post("/reports/verdicts/1/contest", data={"reason": REASON}).status_code in (400, 403)
    assert 'name="reason"' in zhao.get("/reports/verdicts/1").text


def test_a_verdict_that_there_is_not(web: Web) -> None:
    examiner = web.signed_in(Role.EXAMINER)
    assert examiner.get("/reports/verdicts/99").status_code == 404
    assert examiner.get("/reports/verdicts/99999999999999999999").status_code == 404
